import type { Profile } from "../profile/model.ts";
import { TYPE_NOUNS } from "../profile/words.ts";
import { checkLayers } from "./check-layers.ts";
import { checkNames } from "./check-names.ts";
import { checkRanges } from "./check-ranges.ts";
import { checkVariables } from "./check-variables.ts";
import type { Cloud } from "./clouds/cloud.ts";
import { cloudOf, fitsCloud } from "./clouds/index.ts";
import { effectiveProfile } from "./effective.ts";
import { distributionOf, kubernetesLayer, kubernetesVersion, unresolvedSettings } from "./kubernetes.ts";
import type { ClusterRequest } from "./model.ts";

/** Why no cluster can be made of a request with its profile. */
export interface FitProblem {
  /** The part of the request that it is about, from the document's root. */
  readonly path: readonly (string | number)[];
  /** What is wrong, without a full stop. */
  readonly message: string;
  readonly next: string;
}

/**
 * Whether a request and an error-free profile go together; nothing is wrong where the list is empty. A request that
 * has errors by itself is not asked what only a whole one can answer.
 */
export function checkAgainstProfile(request: ClusterRequest, profile: Profile, isSound = true): FitProblem[] {
  const cloud = cloudOf(request.cloudType);
  if (cloud === undefined) {
    return [
      {
        path: ["spec", "cloudType"],
        message: `Clusters cannot be made on ${request.cloudType}`,
        next: "Choose another cloud.",
      },
    ];
  }
  if (profile.type !== "cluster" && profile.type !== "infra") {
    return [
      {
        path: ["spec", "profiles", 0],
        message: `Profile ${profile.name} is ${TYPE_NOUNS[profile.type]}, and a cluster needs a full or infrastructure profile`,
        next: "Choose a profile with operating system, Kubernetes, network and storage.",
      },
    ];
  }
  const problems: FitProblem[] = [
    ...cloudProblems(request, profile, cloud),
    ...versionProblems(profile),
    ...checkVariables(request, profile),
    ...overrideProblems(request, profile),
    ...checkLayers(request, profile),
    ...checkRanges(request, profile, cloud),
    ...(isSound ? (cloud.check?.(request) ?? []) : [])
      .filter(({ severity }) => severity === "error")
      .map(({ path, message }) => ({
        path: ["spec", ...path],
        message: message.replace(/\.$/, ""),
        next: "Correct this field.",
      })),
  ];
  return isSound && problems.length === 0 ? [...checkNames(request, profile)] : problems;
}

function* cloudProblems(request: ClusterRequest, profile: Profile, cloud: Cloud): Iterable<FitProblem> {
  if (!fitsCloud(cloud, profile.cloudType)) {
    yield {
      path: ["spec", "cloudType"],
      message: `Profile ${profile.name} is for ${profile.cloudType}, and the cluster is to be made on ${request.cloudType}`,
      next: `Choose a profile for ${request.cloudType}, or make the cluster on ${profile.cloudType}.`,
    };
  } else if (cloud.onlyOnSandbox !== true && cloud.distributions.length > 0) {
    const distribution = distributionOf(profile);
    if (!cloud.distributions.includes(distribution)) {
      yield {
        path: ["spec", "profiles", 0],
        message: `Kubernetes layer ${kubernetesLayer(profile)?.name ?? ""} cannot be put on ${cloud.title}, which takes ${cloud.distributions.join(", ")}`,
        next: "Choose another Kubernetes layer in the profile, or another cloud.",
      };
    }
  }
}

function* versionProblems(profile: Profile): Iterable<FitProblem> {
  if (kubernetesVersion(profile) === undefined) {
    const layer = kubernetesLayer(profile);
    const written = layer?.tag ?? layer?.version;
    yield {
      path: ["spec", "profiles", 0],
      message:
        written === undefined
          ? `The Kubernetes layer of profile ${profile.name} has no version`
          : `Kubernetes ${written} of profile ${profile.name} is not pinned`,
      next: "Set the tag of the layer to one version, for example 1.36.4.",
    };
  }
}

function* overrideProblems({ profiles: [ref] }: ClusterRequest, profile: Profile): Iterable<FitProblem> {
  for (const [i, { name }] of (ref?.packValues ?? []).entries()) {
    if (!profile.layers.some((layer) => layer.name === name)) {
      yield {
        path: ["spec", "profiles", 0, "packValues", i, "name"],
        message: `Profile ${profile.name} has no layer ${name}`,
        next: "Name a layer of the profile, or remove these values.",
      };
    }
  }
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
  notes.push(
    ...(cloud?.check?.(request) ?? [])
      .filter(({ severity }) => severity === "warning")
      .map(({ message }) => message),
  );
  if (cloud?.onlyOnSandbox === true) {
    const others = profile.layers.filter(({ layer }) => layer !== "k8s").map(({ name }) => name);
    notes.push(
      `Only the Kubernetes layer takes effect. These layers are not installed: ${others.join(", ")}.`,
    );
  }
  for (const { name, used } of unresolvedSettings(effectiveProfile(profile, request))) {
    notes.push(`${name} of the Kubernetes layer is a macro, which is not resolved yet. ${used} is used.`);
  }
  const isManaged = cloud?.distributions.every((distribution) => distribution === "managed") === true;
  const scales = request.machinePools.some(({ autoscaling }) => autoscaling !== undefined);
  if (scales && !isManaged && !hasAutoscaler(profile)) {
    notes.push("A pool scales by itself only with an autoscaler layer, and the profile has none.");
  }
  return notes;
}

function hasAutoscaler(profile: Profile): boolean {
  return profile.layers.some(({ name }) => /autoscaler|karpenter/.test(name));
}
