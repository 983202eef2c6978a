import type { ApiKind, Cloud, Distribution } from "../../cluster/clouds/cloud.ts";

/** A provider as clusterctl tells them apart. */
export interface ProviderKey {
  readonly type: "core" | "bootstrap" | "control-plane" | "infrastructure";
  readonly name: string;
}

/** Providers, and the kinds of them that a request makes. */
export interface Need extends ProviderKey {
  /** The version that objects are made for, without a leading v; any where it is absent. */
  readonly version?: string;
  /** Where the provider must run, since it reads the secrets of accounts there only; anywhere where it is absent. */
  readonly namespace?: string;
  readonly kinds: readonly ApiKind[];
}

const BOOTSTRAP = "bootstrap.cluster.x-k8s.io/v1beta2";
const CONTROL_PLANE = "controlplane.cluster.x-k8s.io/v1beta2";
/** One object of Sveltos for each layer (design.md, Layer objects). */
const LAYER: ApiKind = { apiVersion: "config.projectsveltos.io/v1beta1", kind: "Profile" };
const CORE = "cluster.x-k8s.io/v1beta2";

/** Bootstrap and control plane provider of a distribution (engines.md 3, last rows of the table). */
const DISTRIBUTIONS: Readonly<
  Record<Exclude<Distribution, "managed">, { name: string; bootstrap: string; controlPlane: string }>
> = {
  kubeadm: { name: "kubeadm", bootstrap: "KubeadmConfigTemplate", controlPlane: "KubeadmControlPlane" },
  k3s: { name: "k3s", bootstrap: "KThreesConfigTemplate", controlPlane: "KThreesControlPlane" },
  rke2: { name: "rke2", bootstrap: "RKE2ConfigTemplate", controlPlane: "RKE2ControlPlane" },
  k0s: {
    name: "k0sproject-k0smotron",
    bootstrap: "K0sWorkerConfigTemplate",
    controlPlane: "K0sControlPlane",
  },
};

/** The two providers that a distribution needs; none for a cloud's own service. */
export function distributionNeeds(distribution: Distribution): Need[] {
  if (distribution === "managed") {
    return [];
  }
  const { name, bootstrap, controlPlane } = DISTRIBUTIONS[distribution];
  return [
    { type: "bootstrap", name, kinds: [{ apiVersion: BOOTSTRAP, kind: bootstrap }] },
    { type: "control-plane", name, kinds: [{ apiVersion: CONTROL_PLANE, kind: controlPlane }] },
  ];
}

/** The provider of the cloud itself. */
export function cloudNeed({ provider: { name, version, kinds }, identities }: Cloud): Need {
  const account = { name: "account", namespace: "account-namespace", values: {} };
  const secret = identities
    .flatMap((identity) => identity.render(account))
    .find(({ kind, metadata }) => kind === "Secret" && metadata.namespace !== account.namespace);
  const namespace = secret?.metadata.namespace;
  return { type: "infrastructure", name, version, kinds, ...(namespace === undefined ? {} : { namespace }) };
}

/** Kinds that every request for a cloud writes besides its provider's. */
export function coreKinds(cloud: Cloud): ApiKind[] {
  // Layers are not put on machines that are fake.
  const layers = cloud.onlyOnSandbox === true ? [] : [LAYER];
  return [...clusterKinds(cloud), ...layers];
}

function clusterKinds({ id, distributions }: Cloud): ApiKind[] {
  const cluster = { apiVersion: CORE, kind: "Cluster" };
  const published = { apiVersion: "v1", kind: "ConfigMap" };
  if (id === "cluster-class") {
    return [cluster, published];
  }
  const pools = distributions.every((each) => each === "managed") ? "MachinePool" : "MachineDeployment";
  return [cluster, { apiVersion: CORE, kind: pools }, published];
}
