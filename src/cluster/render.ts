import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import type { Cloud, CloudInput, ImageLookup } from "./clouds/cloud.ts";
import { accountOf, cloudOf } from "./clouds/index.ts";
import { effectiveProfile } from "./effective.ts";
import { kubernetesSettings } from "./kubernetes.ts";
import { profileMetadata } from "./labels.ts";
import type { ClusterRequest } from "./model.ts";
import { contentHash } from "./names.ts";
import { trafficText } from "./podNetwork.ts";

const CLUSTER_NAME_LABEL = "cluster.x-k8s.io/cluster-name";

/**
 * The objects that a management cluster needs for a request, the Cluster first; the same input gives the same
 * objects. `profileText` is the document that `profile` was read from. Throws `TypeError` where
 * `checkAgainstProfile` has a problem: ask it first.
 */
export function renderCluster(request: ClusterRequest, profile: Profile, profileText: string): KubeObject[] {
  const cloud = cloudOf(request.cloudType);
  const input = cloud && inputOf(cloud, request, profile, profileText);
  if (cloud === undefined || input === undefined) {
    throw new TypeError(`No cluster can be made of ${profile.name} on ${request.cloudType}`);
  }
  return cloud.render(input).map((object) =>
    object.kind === "Cluster"
      ? {
          ...object,
          metadata: {
            ...object.metadata,
            labels: { ...request.labels, ...object.metadata.labels },
            annotations: { ...request.annotations, ...object.metadata.annotations },
          },
        }
      : object,
  );
}

/** Where the machines' image comes from; nothing where the cloud has none or the profile's version is not pinned. */
export function imageOf(request: ClusterRequest, profile: Profile): ImageLookup | undefined {
  const cloud = cloudOf(request.cloudType);
  const input = cloud && inputOf(cloud, request, profile, "");
  return input && cloud?.image?.(input);
}

/** What is opened between machines for the network layer, in words; nothing where the cloud's objects do not say. */
export function firewallOf(request: ClusterRequest, profile: Profile): string | undefined {
  const settings = kubernetesSettings(effectiveProfile(profile, request));
  return settings !== undefined && cloudOf(request.cloudType)?.opensPodNetwork?.(request) === true
    ? trafficText(settings.network)
    : undefined;
}

function inputOf(
  cloud: Cloud,
  request: ClusterRequest,
  profile: Profile,
  profileText: string,
): CloudInput | undefined {
  const effective = effectiveProfile(profile, request);
  const kubernetes = kubernetesSettings(effective);
  if (kubernetes === undefined) {
    return undefined;
  }
  const { labels, annotations } = profileMetadata(profile, request.cloudType, profileText);
  return {
    request,
    profile: effective,
    kubernetes,
    metadata: { labels: { ...labels, [CLUSTER_NAME_LABEL]: request.name }, annotations },
    account: accountOf(cloud, request.cloudAccount),
    os: effective.layers.find(({ layer }) => layer === "os"),
  };
}

/** Tells one request, with its profiles as they are now, from every other. */
export function requestHash(request: ClusterRequest, ...profileTexts: readonly string[]): string {
  return contentHash(JSON.stringify([request, ...profileTexts]));
}
