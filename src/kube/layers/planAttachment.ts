import { catalog } from "../../catalog/index.ts";
import {
  CLOUD_TYPE,
  type ClusterFacts,
  effectiveProfile,
  PROFILE,
  sharedProfile,
  slug,
  variableProblem,
} from "../../cluster/index.ts";
import {
  attachedProfiles,
  attachmentLabel,
  type BroughtRelease,
  type ChartSources,
  clusterValues,
  LAYER_LABEL,
  type LayerPlan,
  type LayerProblem,
  type OwnValues,
  planLayers,
  releaseClashes,
  releasesOf,
} from "../../layers/index.ts";
import { parseProfile, profileOf } from "../../profile/index.ts";
import type { Profile, Variable } from "../../profile/model.ts";
import { TYPE_NOUNS } from "../../profile/words.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CallOptions, ClusterRef, ManagementCluster, TaskOptions } from "../management.ts";
import { findLogins, type LoginConsent, type LoginSecret, type RegistryLogin } from "./logins.ts";
import { layerProfiles } from "./objects.ts";
import { ownLabels, ownValuesOf } from "./ownValues.ts";
import { type FoundTarget, layerTarget } from "./target.ts";

export interface AttachInput {
  readonly profileText: string;
  /** Registries and mirrors of the user. */
  readonly sources?: ChartSources;
  /** What registries of the user are signed in to with. */
  readonly logins?: readonly RegistryLogin[];
  /**
   * Values of the profile's variables on this cluster, by name. Where they are absent and another version of the
   * profile is on the cluster, it keeps those of its own that it has.
   */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface AttachOptions extends TaskOptions {
  /** Where it is absent, no credentials are written that the management cluster does not have. */
  readonly mayWriteLogin?: LoginConsent;
}

/** An attachment before anything of it is written. */
export interface Attachment extends FoundTarget {
  readonly profile: Profile;
  readonly plan: LayerPlan;
  /** The Secrets with what its charts are read with, as far as credentials are given. */
  readonly logins: readonly LoginSecret[];
  /** What the cluster gets of its own; absent where it keeps what it has. */
  readonly own: OwnValues | undefined;
  /** Names and labels of what it has of its own now; all of it goes where it gets other. */
  readonly current: readonly KubeObject[];
  /** The labels that it would have, but for the one of the version. */
  readonly labels: Readonly<Record<string, string>>;
  /** The version of the profile that is on the cluster, as its label writes it, and the objects of its layers. */
  readonly present: { readonly version: string; readonly objects: readonly KubeObject[] } | undefined;
  /** Releases that another profile of the cluster owns. */
  readonly clashes: readonly LayerProblem[];
}

/**
 * Works out what attaching an add-on profile comes to. Throws `InvalidDocument` (the profile has errors, is no add-on
 * profile, has a layer that cannot be put on clusters, or lacks a value), and as `layerTarget`.
 */
export async function planAttachment(
  management: ManagementCluster,
  ref: ClusterRef,
  { profileText, sources: from = {}, logins: given = [], variables }: AttachInput,
  { signal }: CallOptions,
): Promise<Attachment> {
  const profile = addOnProfile(profileText);
  const found = await layerTarget(management, ref, { signal });
  const logins = await findLogins(management, ref.namespace, given, { signal });
  const sources = { ...from, logins: logins.addresses };
  const plan = planOf(profile, profileText, ref.namespace, sources);
  const [key] = plan.label;
  const version = found.object.metadata.labels?.[key];
  const own =
    variables === undefined && version !== undefined
      ? undefined
      : ownValues(profile, found.object, variables ?? {}, sources);
  const [problem] = plan.problems;
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  const present =
    version === undefined
      ? undefined
      : {
          version,
          objects: await layerProfiles(
            management,
            ref.namespace,
            { name: slug(profile.name), version },
            signal,
          ),
        };
  const current = await ownValuesOf(management, found.target, profile.name, signal);
  const names = new Set(current.map(({ metadata }) => metadata.name));
  const kept = Object.entries(found.object.metadata.labels ?? {}).filter(
    ([, value]) => own === undefined || !names.has(value),
  );
  return {
    ...found,
    profile,
    plan,
    logins: logins.secrets(plan.logins),
    own,
    current,
    labels: { ...Object.fromEntries(kept), ...own?.labels },
    present,
    clashes: await clashes(management, found.object, profile, plan, signal),
  };
}

/**
 * What the cluster has of its own of a profile. Throws `InvalidDocument` where a value is missing, does not fit, or
 * breaks the values of a layer.
 */
function ownValues(
  profile: Profile,
  cluster: KubeObject,
  variables: Readonly<Record<string, string>>,
  sources: ChartSources,
): OwnValues {
  const { name, namespace = "default", labels = {} } = cluster.metadata;
  const unknown = Object.keys(variables).find(
    (each) => !profile.variables.some((known) => known.name === each),
  );
  if (unknown !== undefined) {
    throw new PaletteError("InvalidDocument", `Profile ${profile.name} has no variable ${unknown}`, {
      next:
        profile.variables.length === 0
          ? "It has none at all."
          : `It has ${profile.variables.map((known) => known.name).join(", ")}.`,
    });
  }
  const missing = profile.variables.find(
    (each) => each.required && each.defaultValue === undefined && (variables[each.name] ?? "") === "",
  );
  if (missing !== undefined) {
    throw new PaletteError(
      "InvalidDocument",
      `Variable ${missing.name} of profile ${profile.name} has no value`,
      {
        next: "Give one, or a default in the profile.",
      },
    );
  }
  const problem = profile.variables.map((each) => valueProblem(each, variables[each.name])).find(Boolean);
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem, { next: "Correct the value." });
  }
  const masked = new Set(profile.variables.filter((each) => each.isSensitive).map((each) => each.name));
  const given = Object.entries(variables).map(([variable, value]) => ({ name: variable, value }));
  const facts: ClusterFacts = {
    name,
    namespace,
    cloudType: labels[CLOUD_TYPE] ?? "",
    cloudConfig: {},
    profiles: [
      {
        name: profile.name,
        version: profile.version,
        variables: given.filter((each) => !masked.has(each.name)),
      },
    ],
  };
  const secrets = Object.fromEntries(
    given.filter((each) => masked.has(each.name)).map((each) => [each.name, each.value]),
  );
  const own = clusterValues(
    [
      {
        shared: sharedProfile(profile),
        own: effectiveProfile(profile, facts),
        secret: effectiveProfile(profile, facts, secrets),
      },
    ],
    { catalog, ...sources },
    { namespace, name, labels: ownLabels(name, profile.name) },
  );
  const [broken] = own.problems;
  if (broken !== undefined) {
    throw new PaletteError("InvalidDocument", broken.message, { next: broken.next });
  }
  return own;
}

function valueProblem(variable: Variable, value: string | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return variable.immutable ? `Variable ${variable.name} is read-only` : variableProblem(variable, value);
}

function addOnProfile(text: string): Profile {
  const profile = profileOf(parseProfile(text));
  if (profile === undefined) {
    throw new PaletteError("InvalidDocument", "The profile has errors, so it is not put on a cluster", {
      next: "Correct the profile first.",
    });
  }
  if (profile.type !== "add-on") {
    throw new PaletteError(
      "InvalidDocument",
      `Profile ${profile.name} is ${TYPE_NOUNS[profile.type]}, and only add-on profiles are attached`,
      { next: "Clusters are created from full and infrastructure profiles." },
    );
  }
  return profile;
}

function planOf(profile: Profile, profileText: string, namespace: string, sources: ChartSources): LayerPlan {
  return planLayers(sharedProfile(profile), { catalog, ...sources }, { namespace, profileText });
}

/** Releases that a profile on the cluster owns already. */
async function clashes(
  management: ManagementCluster,
  cluster: KubeObject,
  profile: Profile,
  plan: LayerPlan,
  signal: AbortSignal | undefined,
): Promise<ReturnType<typeof releaseClashes>> {
  const [own] = plan.label;
  const { namespace = "default", labels = {} } = cluster.metadata;
  const others = attachedProfiles(labels).filter((each) => attachmentLabel(each)[0] !== own);
  const lists = await Promise.all(
    others.map((version) => layerProfiles(management, namespace, version, signal)),
  );
  return releaseClashes([
    ...lists.flat().flatMap(broughtReleases),
    ...releasesOf(profile.name, plan.groups.flat()),
  ]);
}

/** The releases of a Sveltos object. */
function broughtReleases({ metadata, spec }: KubeObject): BroughtRelease[] {
  const { helmCharts = [] } = (spec ?? {}) as {
    helmCharts?: readonly { releaseNamespace: string; releaseName: string }[];
  };
  return helmCharts.map(({ releaseNamespace, releaseName }) => ({
    profile: metadata.annotations?.[PROFILE] ?? metadata.labels?.[PROFILE] ?? "",
    layer: metadata.labels?.[LAYER_LABEL] ?? metadata.name,
    namespace: releaseNamespace,
    release: releaseName,
  }));
}
