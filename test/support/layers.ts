import { catalog } from "../../src/catalog/index.ts";
import { type LayerPlan, planLayers } from "../../src/layers/index.ts";
import type { Layer, Profile } from "../../src/profile/model.ts";

/** A layer of a chart of the registry that `plan` knows. */
export function chartLayer(name: string, tag: string, values: string, changes: Partial<Layer> = {}): Layer {
  return {
    name,
    layer: "addon",
    type: "helm",
    tag,
    version: undefined,
    registry: "local",
    values,
    manifests: [],
    ...changes,
  };
}

/** An add-on profile. */
export function profileOf(name: string, version: string, layers: readonly Layer[]): Profile {
  return {
    name,
    description: undefined,
    version,
    type: "add-on",
    cloudType: "all",
    layers,
    variables: [],
  };
}

/** Plans a profile whose charts come from `url`. */
export function plan(profile: Profile, namespace: string, url: string): LayerPlan {
  return planLayers(
    profile,
    { catalog, registries: [{ name: "local", kind: "helm", url }] },
    { namespace, profileText: JSON.stringify(profile) },
  );
}
