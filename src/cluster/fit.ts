import type { Profile } from "../profile/model.ts";
import { TYPE_NOUNS } from "../profile/words.ts";
import { cloudOf } from "./clouds/index.ts";
import { kubernetesLayer, kubernetesVersion, unresolvedSettings } from "./kubernetes.ts";
import type { ClusterRequest } from "./model.ts";

/** Why no cluster can be made of a request with its profile. */
export interface FitProblem {
  /** The part of the request that it is about. */
  readonly field: "cloudType" | "profiles";
  /** What is wrong, without a full stop. */
  readonly message: string;
  readonly next: string;
}

/** Whether a request and an error-free profile go together; nothing is wrong where the list is empty. */
export function checkAgainstProfile(request: ClusterRequest, profile: Profile): FitProblem[] {
  const problems: FitProblem[] = [];
  const cloud = cloudOf(request.cloudType);
  if (cloud === undefined) {
    problems.push({
      field: "cloudType",
      message: `Clusters cannot be made on ${request.cloudType} yet`,
      next: "Choose another cloud.",
    });
  }
  if (profile.type !== "cluster" && profile.type !== "infra") {
    problems.push({
      field: "profiles",
      message: `Profile ${profile.name} is ${TYPE_NOUNS[profile.type]}, and a cluster needs a full or infrastructure profile`,
      next: "Choose a profile with operating system, Kubernetes, network and storage.",
    });
    return problems;
  }
  if (cloud !== undefined && !cloud.onlyOnSandbox && profile.cloudType !== request.cloudType) {
    problems.push({
      field: "cloudType",
      message: `Profile ${profile.name} is for ${profile.cloudType}, and the cluster is to be made on ${request.cloudType}`,
      next: `Choose a profile for ${request.cloudType}, or make the cluster on ${profile.cloudType}.`,
    });
  }
  if (kubernetesVersion(profile) === undefined) {
    const layer = kubernetesLayer(profile);
    const written = layer?.tag ?? layer?.version;
    problems.push({
      field: "profiles",
      message:
        written === undefined
          ? `The Kubernetes layer of profile ${profile.name} has no version`
          : `Kubernetes ${written} of profile ${profile.name} is not pinned`,
      next: "Set the tag of the layer to one version, for example 1.36.4.",
    });
  }
  return problems;
}

/** What the user should know before a cluster is made, one sentence each. */
export function notesFor(request: ClusterRequest, profile: Profile): string[] {
  const cloud = cloudOf(request.cloudType);
  const notes = [...(cloud?.notes ?? [])];
  if (cloud?.onlyOnSandbox === true && profile.cloudType !== request.cloudType) {
    notes.push(
      `Profile ${profile.name} is for ${profile.cloudType}. It is tried in memory: nothing of ${profile.cloudType} is created.`,
    );
  }
  const others = profile.layers.filter(({ layer }) => layer !== "k8s").map(({ name }) => name);
  notes.push(
    cloud?.onlyOnSandbox === true
      ? `Only the Kubernetes layer takes effect. These layers are not installed: ${others.join(", ")}.`
      : `These layers are not put on the cluster yet: ${others.join(", ")}. Its nodes are not ready before a network is installed.`,
  );
  for (const { name, used } of unresolvedSettings(profile)) {
    notes.push(`${name} of the Kubernetes layer is a macro, which is not resolved yet. ${used} is used.`);
  }
  return notes;
}
