import type { Profile } from "../profile/model.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { CLOUD_TYPE, PROFILE, PROFILE_VERSION, profileMetadata } from "./labels.ts";
import { contentHash, slug } from "./names.ts";

/** Key of the document in the ConfigMap. */
const KEY = "profile.yaml";

/** What a ConfigMap says about the profile version that it holds. */
export interface ReadProfile {
  readonly name: string;
  readonly version: string;
  readonly cloudType: string | undefined;
  /** sha256 of `text`. */
  readonly hash: string;
  readonly text: string;
}

/** A published version: an immutable ConfigMap (design.md, What is written to the management cluster). */
export function publishedProfile(
  text: string,
  profile: Pick<Profile, "name" | "version" | "cloudType">,
  namespace: string,
): KubeObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: `profile-${slug(profile.name)}-${slug(profile.version)}`,
      namespace,
      ...profileMetadata(profile, profile.cloudType, text),
    },
    immutable: true,
    data: { [KEY]: text },
  };
}

/** Reads a published version; `undefined` for any other object. */
export function readPublished({ kind, metadata, ...rest }: KubeObject): ReadProfile | undefined {
  const text = (rest.data as Readonly<Record<string, string>> | undefined)?.[KEY];
  const name = metadata.annotations?.[PROFILE] ?? metadata.labels?.[PROFILE];
  const version = metadata.annotations?.[PROFILE_VERSION] ?? metadata.labels?.[PROFILE_VERSION];
  if (kind !== "ConfigMap" || text === undefined || name === undefined || version === undefined) {
    return undefined;
  }
  return { name, version, cloudType: metadata.labels?.[CLOUD_TYPE], hash: contentHash(text), text };
}
