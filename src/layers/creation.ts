import {
  type AddOn,
  cloudOf,
  notesFor,
  publishedProfile,
  renderCluster,
  variablesSecret,
} from "../cluster/index.ts";
import type { ClusterRequest } from "../cluster/model.ts";
import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { clusterLayers } from "./forCluster.ts";
import type { LayerProblem } from "./model.ts";
import type { LayerSources } from "./source.ts";

export interface CreationObjectsInput {
  readonly request: ClusterRequest;
  readonly profile: Profile;
  readonly profileText: string;
  /** Add-on profiles of the request, in its order. */
  readonly addOns: readonly AddOn[];
  /** Values of masked variables, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** yyyy-mm-dd. */
  readonly today: string;
}

/** Everything that the creation of a cluster writes, the same in the form, in previews, on the command line and for real. */
export interface CreationObjects {
  /** The published profile versions. */
  readonly published: readonly KubeObject[];
  /** Layers, which all clusters of the version share. */
  readonly layers: readonly KubeObject[];
  /** Addresses of the registries whose credentials their charts are read with. */
  readonly logins: readonly string[];
  /** What belongs to this cluster only, the Cluster first. Secrets have their values. */
  readonly objects: readonly KubeObject[];
  /** What to know before, one sentence each. */
  readonly notes: readonly string[];
  /** Layers that would break the cluster: it must not be made. */
  readonly conflicts: readonly LayerProblem[];
}

/**
 * The objects of a request and its profile. Without `sources`, where nothing puts layers on clusters, and for fake
 * machines, none of them are of layers. Throws `TypeError` where `checkAgainstProfile` has a problem: ask it first.
 */
export function creationObjects(
  input: CreationObjectsInput,
  sources: LayerSources | undefined,
): CreationObjects {
  const { request, profile, profileText, secrets, addOns } = input;
  const cloud = cloudOf(request.cloudType);
  const [cluster, ...others] = renderCluster(request, profile, profileText);
  if (cloud === undefined || cluster === undefined) {
    throw new TypeError(`Cloud ${request.cloudType} makes no objects`);
  }
  const plan =
    sources === undefined || cloud.onlyOnSandbox === true
      ? undefined
      : clusterLayers({ ...input, cloud }, sources);
  const { metadata } = cluster;
  const labeled = { ...cluster, metadata: { ...metadata, labels: { ...metadata.labels, ...plan?.labels } } };
  const values = variablesSecret(request, secrets);
  const problems = (plan?.problems ?? []).map(
    ({ message, next }) => `${message}, so it is not put on the cluster. ${next}`,
  );
  return {
    published: [{ profile, profileText }, ...addOns].map((each) =>
      publishedProfile(each.profileText, each.profile, request.namespace),
    ),
    layers: plan?.shared ?? [],
    logins: plan?.logins ?? [],
    objects: [labeled, ...(values === undefined ? [] : [values]), ...others, ...(plan?.own ?? [])],
    notes: [
      ...notesFor(request, profile),
      ...(cloud.onlyOnSandbox === true ? addOns : []).map(
        (each) => `Add-on profile ${each.profile.name} is published, and not put on fake machines.`,
      ),
      ...problems,
    ],
    conflicts: plan?.conflicts ?? [],
  };
}
