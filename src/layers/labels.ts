import { PROFILE } from "../cluster/labels.ts";
import { joinName, slug } from "../cluster/names.ts";
import type { Profile } from "../profile/model.ts";
import type { PlannedLayer } from "./model.ts";

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
/** Where the layer stands in the order of the cluster (`LayerStage`). */
export const LAYER_STAGE_LABEL = "palette-onboarding/layer-stage";

/** Name of an object of a layer; `part` tells what belongs to one chart, or to its manifests. */
export function layerObjectName({ name, version }: VersionRef, layer: string, part?: LayerPart): string {
  return joinName([
    slug(name),
    slug(version),
    slug(layer),
    ...(part === undefined ? [] : [partName(part)]),
  ]).replaceAll(".", "-");
}

/** On what a cluster has of its own of an add-on profile: the cluster. */
const VALUES_OF = "palette-onboarding/values-of";

/** Labels of the values that a cluster has of its own of an add-on profile. */
export function ownLabels(cluster: string, profile: string): Record<string, string> {
  return { [PROFILE]: slug(profile), [VALUES_OF]: cluster };
}

const OWN_PREFIX = "values.palette-onboarding/";

/** What of a layer a cluster may have its own: the values of a chart, or all manifests together. */
export type LayerPart = { readonly chart: string } | "manifests";

/**
 * The label of a cluster that names the object with its own values of a part; absent where it shares those of all. The
 * profile is in it: two profiles of a cluster may have layers of one name.
 */
export function ownValuesLabel(profile: string, layer: string, part: LayerPart): string {
  return `${OWN_PREFIX}${joinName([slug(profile), slug(layer), partName(part)])}`;
}

/** The labels that would lead a cluster to what it has of its own of a profile's layers. */
export function ownValuesLabels(profile: string, layers: readonly PlannedLayer[]): string[] {
  return layers.flatMap(({ name, charts, manifests }) => [
    ...charts.map((each) => ownValuesLabel(profile, name, { chart: each.name })),
    ...manifests.slice(0, 1).map(() => ownValuesLabel(profile, name, "manifests")),
  ]);
}

/**
 * Name of the object with a cluster's own values of a part. Each version has its own: values of the next one do not
 * reach a cluster before the version does.
 */
export function ownValuesName(
  cluster: string,
  { name, version }: VersionRef,
  layer: string,
  part: LayerPart,
): string {
  return joinName([cluster, slug(name), slug(version), slug(layer), partName(part)]).replaceAll(".", "-");
}

/** Whether a label of a cluster names values of its own. */
export function isOwnValuesLabel(key: string): boolean {
  return key.startsWith(OWN_PREFIX);
}

/** What names and labels call a part. */
export function partName(part: LayerPart): string {
  return part === "manifests" ? part : slug(part.chart);
}
