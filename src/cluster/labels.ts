import type { Profile } from "../profile/model.ts";
import type { SharedMetadata } from "./clouds/cloud.ts";
import { contentHash, slug } from "./names.ts";

/** Labels of all that is written for a profile version (design.md, What is written to the management cluster). */
export const PROFILE = "palette-onboarding/profile";
export const PROFILE_VERSION = "palette-onboarding/profile-version";
export const CLOUD_TYPE = "palette-onboarding/cloud-type";
const PROFILE_HASH = "palette-onboarding/profile-hash";

/** Which profile version something comes from; names that labels cannot hold stay whole in an annotation. */
export function profileMetadata(
  profile: Pick<Profile, "name" | "version">,
  cloudType: string,
  text: string,
): SharedMetadata {
  const originals: Record<string, string> = { [PROFILE]: profile.name, [PROFILE_VERSION]: profile.version };
  const labels: Record<string, string> = {
    [PROFILE]: slug(profile.name),
    [PROFILE_VERSION]: slug(profile.version),
  };
  const changed = Object.entries(originals).filter(([key, value]) => labels[key] !== value);
  return {
    labels: { ...labels, [CLOUD_TYPE]: slug(cloudType) },
    annotations: { ...Object.fromEntries(changed), [PROFILE_HASH]: contentHash(text) },
  };
}

/** On everything of a virtual cluster, on its management cluster and on its host: its name. */
export const VIRTUAL_CLUSTER = "virtual.palette-onboarding/cluster";
/** On a virtual cluster's objects: the cluster that it lives on. */
export const VIRTUAL_HOST = "virtual.palette-onboarding/host";
/** On a virtual cluster's SveltosCluster while it is paused. */
export const VIRTUAL_PAUSED = "virtual.palette-onboarding/paused";
/** On the ConfigMap of a virtual cluster whose deletion has begun. */
export const VIRTUAL_DELETING = "virtual.palette-onboarding/deleting";
