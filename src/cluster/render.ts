import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { cloudOf } from "./clouds/index.ts";
import { kubernetesSettings } from "./kubernetes.ts";
import { profileMetadata } from "./labels.ts";
import type { ClusterRequest } from "./model.ts";
import { contentHash } from "./names.ts";

const CLUSTER_NAME_LABEL = "cluster.x-k8s.io/cluster-name";

/**
 * The objects that a management cluster needs for a request, the Cluster first; the same input gives the same
 * objects. `profileText` is the document that `profile` was read from. Throws `TypeError` where
 * `checkAgainstProfile` has a problem: ask it first.
 */
export function renderCluster(request: ClusterRequest, profile: Profile, profileText: string): KubeObject[] {
  const cloud = cloudOf(request.cloudType);
  const kubernetes = kubernetesSettings(profile);
  if (cloud === undefined || kubernetes === undefined) {
    throw new TypeError(`No cluster can be made of ${profile.name} on ${request.cloudType}`);
  }
  const { labels, annotations } = profileMetadata(profile, request.cloudType, profileText);
  const objects = cloud.render({
    request,
    profile,
    kubernetes,
    metadata: { labels: { ...labels, [CLUSTER_NAME_LABEL]: request.name }, annotations },
  });
  return objects.map((object) =>
    object.kind === "Cluster"
      ? {
          ...object,
          metadata: { ...object.metadata, labels: { ...request.labels, ...object.metadata.labels } },
        }
      : object,
  );
}

/** Tells one request, with the profile as it is now, from every other. */
export function requestHash(request: ClusterRequest, profileText: string): string {
  return contentHash(JSON.stringify([request, profileText]));
}
