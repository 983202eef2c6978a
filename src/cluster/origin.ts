import { macrosOf } from "../profile/macros.ts";
import type { Layer } from "../profile/model.ts";
import type { ClusterRequest, VariableValue } from "./model.ts";

/**
 * Where a request gives what a text of a layer becomes: a variable in it that is the cause, else the cluster's own
 * values of the layer, else the profile. `layer` is as it is written (`ownLayers`).
 */
export function originOf(
  { profiles: [ref] }: Pick<ClusterRequest, "profiles">,
  layer: Layer | undefined,
  text: string,
  isCause: (variable: VariableValue) => boolean = () => true,
): (string | number)[] {
  const root = ["spec", "profiles", 0];
  const names = new Set(
    macrosOf(text).flatMap(({ refs }) => refs.flatMap(({ kind, name }) => (kind === "var" ? [name] : []))),
  );
  for (const [i, variable] of (ref?.variables ?? []).entries()) {
    if (names.has(variable.name) && isCause(variable)) {
      return [...root, "variables", i, "value" in variable ? "value" : "valueFrom"];
    }
  }
  const values = (ref?.packValues ?? []).findIndex(({ name }) => name === layer?.name);
  return values < 0 ? root : [...root, "packValues", values, "values"];
}
