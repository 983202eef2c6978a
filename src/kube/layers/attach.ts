import { catalog } from "../../catalog/index.ts";
import { PROFILE, PROFILE_VERSION, readPublished, sharedProfile } from "../../cluster/index.ts";
import {
  attachedProfiles,
  attachmentLabel,
  type BroughtRelease,
  type LayerPlan,
  planLayers,
  type Registry,
  releaseClashes,
  releasesOf,
} from "../../layers/index.ts";
import { parseProfile, profileOf } from "../../profile/index.ts";
import type { Profile } from "../../profile/model.ts";
import { TYPE_NOUNS } from "../../profile/words.ts";
import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { CLUSTER, CONFIG_MAP } from "../kinds.ts";
import type { ClusterRef, ManagementCluster, TaskOptions } from "../management.ts";
import { clusterNotFound } from "../objects.ts";
import { publishProfile } from "../published.ts";
import { hasLayers } from "./list.ts";

export interface AttachInput {
  readonly profileText: string;
  readonly registries?: readonly Registry[];
}

/**
 * Puts an add-on profile on a cluster: publishes its version, writes its layers and labels the cluster; another
 * version of the profile that is on it gives way, its software is upgraded in place. Ends when everything is written;
 * Sveltos installs. Throws `InvalidDocument` (the profile has errors, is no add-on profile, has a layer that cannot be
 * put on clusters, or brings a release that another profile of the cluster owns), `NotFound`, `Prerequisite` (no
 * Sveltos) and what writing throws.
 */
export async function attachProfile(
  management: ManagementCluster,
  ref: ClusterRef,
  { profileText, registries = [] }: AttachInput,
  { onProgress, signal }: TaskOptions = {},
): Promise<void> {
  const profile = addOnProfile(profileText);
  if (!(await hasLayers(management, { signal }))) {
    throw new PaletteError("Prerequisite", `Sveltos is not installed on ${management.name}`, {
      next: "Install it, for example with its Helm chart, then attach the profile again.",
    });
  }
  const cluster = await management.get({ ...CLUSTER, ...ref }, { signal });
  if (cluster === undefined) {
    throw clusterNotFound(management, ref);
  }
  const plan = planOf(profile, profileText, ref.namespace, registries);
  const [problem] = [...plan.problems, ...(await clashes(management, cluster, profile, plan, registries))];
  if (problem !== undefined) {
    throw new PaletteError("InvalidDocument", problem.message, { next: problem.next });
  }
  const total = plan.objects.length + 2;
  onProgress?.({ step: `Publishing ${profile.name} ${profile.version}`, done: 0, total });
  await publishProfile(management, { text: profileText, namespace: ref.namespace }, { signal });
  for (const [i, object] of plan.objects.entries()) {
    onProgress?.({ step: `Writing ${object.kind} ${object.metadata.name}`, done: i + 1, total });
    await management.apply(object, { signal });
  }
  onProgress?.({ step: `Attaching it to ${ref.name}`, done: total - 1, total });
  const [key, value] = plan.label;
  await management.patch({ ...CLUSTER, ...ref }, { metadata: { labels: { [key]: value } } }, { signal });
}

/**
 * Takes an add-on profile off a cluster. Its software stays as it is and is looked after by nobody. Throws `NotFound`
 * where the cluster does not carry it.
 */
export async function detachProfile(
  management: ManagementCluster,
  ref: ClusterRef,
  name: string,
  { signal }: TaskOptions = {},
): Promise<void> {
  const cluster = await management.get({ ...CLUSTER, ...ref }, { signal });
  if (cluster === undefined) {
    throw clusterNotFound(management, ref);
  }
  const { labels = {} } = cluster.metadata;
  const [key] = attachmentLabel({ name, version: "" });
  if (labels[key] === undefined) {
    const others = attachedProfiles(labels).map((each) => each.name);
    throw new PaletteError("NotFound", `Profile ${name} is not on cluster ${ref.name}`, {
      next: others.length === 0 ? "It carries none." : `It carries ${others.join(", ")}.`,
    });
  }
  if (labels[PROFILE] === attachmentName(key)) {
    throw new PaletteError("Refused", `Cluster ${ref.name} was made from profile ${name}`, {
      next: "It goes with the cluster only.",
    });
  }
  await management.patch({ ...CLUSTER, ...ref }, { metadata: { labels: { [key]: null } } }, { signal });
}

/** The name in an attachment label, as it stands in the label of the profile that a cluster is made from. */
function attachmentName(key: string): string | undefined {
  return attachedProfiles({ [key]: "" })[0]?.name;
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
  registries: readonly Registry[],
): Promise<ReturnType<typeof releaseClashes>> {
  const [own] = plan.label;
  const { namespace = "default", labels = {} } = cluster.metadata;
  const others = attachedProfiles(labels).filter((each) => attachmentLabel(each)[0] !== own);
  const releases: BroughtRelease[] = [];
  for (const { name, version } of others) {
    const [published] = await management.list(CONFIG_MAP, {
      namespace,
      labelSelector: `${PROFILE}=${name},${PROFILE_VERSION}=${version}`,
    });
    const read = published && readPublished(published);
    const other = read && profileOf(parseProfile(read.text));
    if (other !== undefined) {
      releases.push(
        ...releasesOf(other.name, planOf(other, read?.text ?? "", namespace, registries).groups.flat()),
      );
    }
  }
  return releaseClashes([...releases, ...releasesOf(profile.name, plan.groups.flat())]);
}
