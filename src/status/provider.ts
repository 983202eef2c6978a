import type { KubeObject } from "../shared/kubernetes.ts";
import { mapOf } from "../shared/records.ts";

/** Beginnings of the kinds of infrastructure and control plane providers, and what people call what is behind them. */
const TITLES: readonly (readonly [prefix: RegExp, title: string])[] = [
  [/^AWS/, "AWS"],
  [/^(?:Azure|ASO)/, "Azure"],
  [/^GCP/, "Google Cloud"],
  [/^(?:VSphere|ProviderServiceAccount)/, "vSphere"],
  [/^OpenStack/, "OpenStack"],
  [/^(?:OCI|OKE)/, "Oracle Cloud"],
  [/^(?:Hetzner|HCloud)/, "Hetzner"],
  [/^CloudStack/, "CloudStack"],
  [/^Maas/, "MAAS"],
  [/^Metal3/, "Metal3"],
  [/^Tinkerbell/, "Tinkerbell"],
  [/^Kubevirt/, "KubeVirt"],
  [/^(?:Dev|Docker)/, "The development provider"],
  [/^(?:Remote|PooledRemote)/, "The remote machine provider"],
];

interface Refs {
  readonly infrastructureRef?: { readonly kind?: string };
  readonly controlPlaneRef?: { readonly kind?: string };
}

/** Who provides what an object stands for, as people call it; "The provider" where that is not known. */
export function providerOf(object: KubeObject): string {
  const kinds = [object.kind, refsOf(object).infrastructureRef?.kind ?? ""];
  return TITLES.find(([prefix]) => kinds.some((kind) => prefix.test(kind)))?.[1] ?? "The provider";
}

/** Whether the control plane is a service of the cloud: such clusters have no step for the network. */
export function isManaged(cluster: KubeObject): boolean {
  return /Managed(?:Control|Cluster)/.test(kindsOf(cluster));
}

/** Whether nothing runs on the cluster's machines, as those of the in-memory provider. */
export function isPretended(cluster: KubeObject, infrastructure: KubeObject | undefined): boolean {
  const backend = (infrastructure?.spec as { backend?: object } | undefined)?.backend;
  return backend === undefined
    ? cluster.metadata.labels?.["palette-onboarding/cloud-type"] === "in-memory"
    : "inMemory" in backend;
}

/** Whether nodes of this cloud wait for a cloud controller before they take work (engines.md 9, 2). */
export function needsCloudController(cluster: KubeObject): boolean {
  return (
    !isManaged(cluster) &&
    /^(?:AWS|Azure|GCP|VSphere|OpenStack|OCI|Hetzner|CloudStack)/.test(kindsOf(cluster))
  );
}

function kindsOf(cluster: KubeObject): string {
  const { infrastructureRef, controlPlaneRef } = refsOf(cluster);
  return `${infrastructureRef?.kind ?? ""} ${controlPlaneRef?.kind ?? ""}`;
}

function refsOf(object: KubeObject | undefined): Refs {
  return (object?.spec ?? {}) as Refs;
}

/** Where a cluster is, in a few words: "AWS, eu-central-1"; empty where nothing tells. */
export function targetOf(objects: readonly KubeObject[]): string {
  const cluster = clusterIn(objects);
  if (cluster === undefined) {
    return "";
  }
  if (isPretendedIn(objects)) {
    return "In memory";
  }
  const spec = mapOf(infrastructureIn(objects)?.spec);
  const place = ["region", "location", "server", "zone"]
    .map((field) => spec[field])
    .find((value) => typeof value === "string" && value !== "");
  const title = providerOf(cluster).replace(/^The /, "");
  const words = /^[a-z]/.test(title) ? title.charAt(0).toUpperCase() + title.slice(1) : title;
  return place === undefined ? words : `${words}, ${place}`;
}

/** As `isPretended`, of the cluster among `objects`. */
export function isPretendedIn(objects: readonly KubeObject[]): boolean {
  const cluster = clusterIn(objects);
  return cluster !== undefined && isPretended(cluster, infrastructureIn(objects));
}

/** Where providers name the account that a cluster signs in with. */
const ACCOUNT_FIELDS = ["identityRef", "credentialsRef", "hetznerSecretRef", "infraClusterSecretRef"];

/** The cloud account of a cluster; nothing where the provider itself is signed in, or it is not known. */
export function accountOf(objects: readonly KubeObject[]): string | undefined {
  const { controlPlaneRef } = refsOf(clusterIn(objects));
  const controlPlane = objects.find(({ kind }) => kind === controlPlaneRef?.kind);
  return [infrastructureIn(objects), controlPlane]
    .flatMap((object) => ACCOUNT_FIELDS.map((field) => mapOf(mapOf(object?.spec)[field]).name))
    .find((name): name is string => typeof name === "string" && name !== "");
}

function clusterIn(objects: readonly KubeObject[]): KubeObject | undefined {
  return objects.find(({ kind }) => kind === "Cluster");
}

/** The provider's object for the whole cluster. */
function infrastructureIn(objects: readonly KubeObject[]): KubeObject | undefined {
  const { infrastructureRef } = refsOf(clusterIn(objects));
  return objects.find(
    ({ kind, apiVersion }) => kind === infrastructureRef?.kind && apiVersion.startsWith("infrastructure."),
  );
}
