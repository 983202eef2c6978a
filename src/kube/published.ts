import { publishedProfile, readPublished } from "../cluster/index.ts";
import { parseProfile, profileOf } from "../profile/index.ts";
import { isPaletteError, PaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { CONFIG_MAP } from "./kinds.ts";
import { type CallOptions, type ManagementCluster, refOf } from "./management.ts";

/** One version of a profile on a management cluster; it never changes. */
export interface PublishedProfile {
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
  readonly cloudType: string | undefined;
  /** sha256 of `text`. */
  readonly hash: string;
  /** The document, as it was published. */
  readonly text: string;
  readonly created: string | undefined;
}

/** Selects the ConfigMaps that hold published versions. */
export const PUBLISHED_SELECTOR = "palette-onboarding/profile,palette-onboarding/profile-version";

/**
 * Publishes the profile in `text` to a namespace: nothing happens where the same content is there already.
 * Throws `InvalidDocument` for a profile with errors, and `AlreadyExists` where this version is published with
 * other content.
 */
export async function publishProfile(
  management: ManagementCluster,
  { text, namespace }: { readonly text: string; readonly namespace: string },
  options: CallOptions = {},
): Promise<PublishedProfile & { /** Whether it was not there before. */ readonly added: boolean }> {
  const profile = profileOf(parseProfile(text));
  if (profile === undefined) {
    throw new PaletteError("InvalidDocument", "The profile has errors and was not published", {
      next: "Correct them first.",
    });
  }
  const object = publishedProfile(text, profile, namespace);
  const added = await writePublished(management, object, options);
  return { ...publishedOf(object), added };
}

/**
 * Writes a published version, whoever is first. Gives whether it was not there before; throws `AlreadyExists`
 * where it is there with other content.
 */
export async function writePublished(
  management: ManagementCluster,
  object: KubeObject,
  options: CallOptions,
): Promise<boolean> {
  try {
    await management.create(object, options);
    return true;
  } catch (error) {
    if (!isPaletteError(error, "AlreadyExists")) {
      throw error;
    }
    await isPublished(management, object, options);
    return false;
  }
}

/**
 * Whether this version is published with this content. Throws `AlreadyExists` where it is with other content.
 */
export async function isPublished(
  management: ManagementCluster,
  object: KubeObject,
  options: CallOptions,
): Promise<boolean> {
  const there = await management.get(refOf(object), options);
  if (there === undefined) {
    return false;
  }
  const wanted = publishedOf(object);
  const found = readPublished(there);
  if (found?.text !== wanted.text) {
    throw new PaletteError(
      "AlreadyExists",
      `Profile ${wanted.name} ${wanted.version} is published in ${wanted.namespace} with other content`,
      { next: "Published versions never change. Raise the version of the profile." },
    );
  }
  return true;
}

/** All published versions that can be seen, in one namespace or all of them, newest version last. */
export async function listPublished(
  management: ManagementCluster,
  options: CallOptions & { readonly namespace?: string } = {},
): Promise<PublishedProfile[]> {
  return publishedFrom(await management.list(CONFIG_MAP, { ...options, labelSelector: PUBLISHED_SELECTOR }));
}

/** The published versions among ConfigMaps; others are left out. */
export function publishedFrom(objects: readonly KubeObject[]): PublishedProfile[] {
  return objects
    .filter((object) => readPublished(object) !== undefined)
    .map(publishedOf)
    .sort(
      (a, b) =>
        a.name.localeCompare(b.name) ||
        a.version.localeCompare(b.version, "en", { numeric: true }) ||
        a.namespace.localeCompare(b.namespace),
    );
}

function publishedOf(object: KubeObject): PublishedProfile {
  const read = readPublished(object);
  if (read === undefined) {
    throw new TypeError(`${object.metadata.name} holds no published profile`);
  }
  return {
    ...read,
    namespace: object.metadata.namespace ?? "default",
    created: object.metadata.creationTimestamp,
  };
}
