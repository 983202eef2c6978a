import { catalog } from "../../catalog/index.ts";
import {
  CLOUD_TYPE,
  type ClusterFacts,
  effectiveProfile,
  PROFILE,
  sharedProfile,
  slug,
} from "../../cluster/index.ts";
import {
  attachedProfiles,
  attachmentLabel,
  type BroughtRelease,
  clusterValues,
  LAYER_LABEL,
  type LayerPlan,
  type OwnValues,
  planLayers,
  type Registry,
  releaseClashes,
  releasesOf,
  withdrawingObjects,
} from "../../layers/index.ts";
import { parseProfile, profileOf } from "../../profile/index.ts";
import type { Profile } from "../../profile/model.ts";
import { TYPE_NOUNS } from "../../profile/words.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { ClusterRef, ManagementCluster, TaskOptions } from "../management.ts";
import { publishProfile } from "../published.ts";
import { layerProfiles } from "./objects.ts";
import { forgetOwnValues, ownLabels } from "./ownValues.ts";
import { layerTarget } from "./target.ts";
import { abandonRemovals, begunRemovals, withdraw } from "./withdraw.ts";

export interface AttachInput {
  readonly profileText: string;
  readonly registries?: readonly Registry[];
  /**
   * Values of the profile's variables on this cluster, by name. Where they are absent and another version of the
   * profile is on the cluster, it keeps those of its own that it has.
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Puts an add-on profile on a cluster: publishes its version, writes its layers and labels the cluster. Another version
 * of the profile that is on it gives way: its software is upgraded in place, and what the new one does not bring any
 * more is removed. Ends when everything is written; Sveltos installs. Throws `InvalidDocument` (the profile has errors,
 * is no add-on profile, has a layer that cannot be put on clusters, lacks a value, or brings a release that another
 * profile of the cluster owns), `NotFound`, `Refused` (imported read-only), `Prerequisite` (no Sveltos) and what
 * writing throws.
 */
export async function attachProfile(
  management: ManagementCluster,
  ref: ClusterRef,
  { profileText, registries = [], variables }: AttachInput,
  { onProgress, signal }: TaskOptions = {},
): Promise<void> {
  const profile = addOnProfile(profileText);
  const { target, object: cluster } = await layerTarget(management, ref, { signal });
  const plan = planOf(profile, profileText, ref.namespace, registries);
  const [key, value] = plan.label;
  const before = cluster.metadata.labels?.[key];
  const own =
    variables === undefined && before !== undefined
      ? undefined
      : ownValues(profile, cluster, variables ?? {}, registries);
  const [problem] = [...plan.problems, ...(await clashes(management, cluster, profile, plan, signal))];
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  const dropped =
    before === undefined || before === value
      ? []
      : withdrawingObjects(
          await layerProfiles(
            management,
            ref.namespace,
            { name: slug(profile.name), version: before },
            signal,
          ),
          target,
          plan.objects,
        );
  const written = [...plan.objects, ...(own?.objects ?? [])];
  const total = written.length + 2;
  onProgress?.({ step: `Publishing ${profile.name} ${profile.version}`, done: 0, total });
  await publishProfile(management, { text: profileText, namespace: ref.namespace }, { signal });
  for (const [i, object] of written.entries()) {
    onProgress?.({ step: `Writing ${object.kind} ${object.metadata.name}`, done: i + 1, total });
    await management.apply(object, { signal });
  }
  const stopped = (await begunRemovals(management, ref, { signal })).filter(
    ({ metadata }) => metadata.labels?.[PROFILE] === slug(profile.name),
  );
  await abandonRemovals(management, stopped, { signal });
  onProgress?.({ step: `Attaching it to ${ref.name}`, done: total - 1, total });
  const label = async (): Promise<void> => {
    await management.patch(target, { metadata: { labels: { ...own?.labels, [key]: value } } }, { signal });
  };
  await (dropped.length === 0 ? label() : withdraw(management, dropped, label, { onProgress, signal }));
  if (own !== undefined) {
    await forgetOwnValues(management, { target, object: cluster }, profile.name, own.labels, signal);
  }
}

/** What the cluster has of its own of a profile. Throws `InvalidDocument` where a value is missing. */
function ownValues(
  profile: Profile,
  cluster: KubeObject,
  variables: Readonly<Record<string, string>>,
  registries: readonly Registry[],
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
  return clusterValues(
    [
      {
        shared: sharedProfile(profile),
        own: effectiveProfile(profile, facts),
        secret: effectiveProfile(profile, facts, secrets),
      },
    ],
    { catalog, registries },
    { namespace, name, labels: ownLabels(name, profile.name) },
  );
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

function planOf(
  profile: Profile,
  profileText: string,
  namespace: string,
  registries: readonly Registry[],
): LayerPlan {
  return planLayers(sharedProfile(profile), { catalog, registries }, { namespace, profileText });
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
