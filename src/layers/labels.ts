import { joinName, slug } from "../cluster/names.ts";
import type { Profile } from "../profile/model.ts";

/** A profile version, as far as labels and names need it. */
export type VersionRef = Pick<Profile, "name" | "version">;

const PREFIX = "profile.palette-onboarding/";

/** The label of a cluster that says which version of a profile is on it; one for each profile. */
export function attachmentLabel({ name, version }: VersionRef): readonly [key: string, value: string] {
  return [`${PREFIX}${slug(name)}`, slug(version)];
}

/** The profiles that a cluster carries by its labels, slugs of their names with slugs of their versions. */
export function attachedProfiles(
  labels: Readonly<Record<string, string>> = {},
): { readonly name: string; readonly version: string }[] {
  return Object.entries(labels)
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([key, version]) => ({ name: key.slice(PREFIX.length), version }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Layer of a profile that a Sveltos object belongs to. */
export const LAYER_LABEL = "palette-onboarding/layer";

/** Name of the Sveltos object of a layer; `part` tells its manifests from its charts. */
export function layerObjectName({ name, version }: VersionRef, layer: string, part?: "manifests"): string {
  return joinName([slug(name), slug(version), slug(layer), ...(part === undefined ? [] : [part])]).replaceAll(
    ".",
    "-",
  );
}

/** Name of the object that holds what layers of one cluster have of their own. */
export function clusterValuesName(cluster: string): string {
  return `${cluster}-layers`;
}
