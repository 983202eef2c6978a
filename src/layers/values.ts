import { stringify } from "yaml";
import { parseValues } from "../cluster/layerValues.ts";
import { type Fields, mapOf } from "../shared/records.ts";

/** The values of a layer by their parts (palette.md 2.4). */
export interface LayerValues {
  /** `pack`: what Palette itself reads. */
  readonly pack: Fields;
  /** Values for a chart: `charts.<name>`, or everything but `pack` where the layer has no `charts`. */
  chart(name: string): Fields;
}

/** Reads the values of a layer; macros that are still in them stay. Throws `SyntaxError` where they are no YAML. */
export function readValues(text: string): LayerValues {
  const { pack, charts, manifests: _, ...rest } = parseValues(text);
  return {
    pack: mapOf(pack),
    chart: (name) => (charts === undefined ? rest : mapOf(mapOf(charts)[name])),
  };
}

/** Values as YAML; empty where there are none. */
export function writeValues(values: Fields): string {
  return Object.keys(values).length === 0
    ? ""
    : stringify(values, { lineWidth: 0, aliasDuplicateObjects: false });
}
