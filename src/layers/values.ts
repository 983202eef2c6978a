import { parse, stringify } from "yaml";
import { maskMacros } from "../profile/macros.ts";
import { type Fields, mapOf } from "../shared/records.ts";

/** The values of a layer by their parts (palette.md 2.4). */
export interface LayerValues {
  /** `pack`: what Palette itself reads. */
  readonly pack: Fields;
  /** Values for a chart: `charts.<name>`, or everything but `pack` where the layer has no `charts`. */
  chart(name: string): Fields;
}

/** Reads the values of a layer; macros that are still in them must be quoted. Throws `SyntaxError` where they are no YAML. */
export function readValues(text: string): LayerValues {
  const values = mapOf(parseYaml(text));
  const { pack, charts, manifests: _, ...rest } = values;
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

function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: "error", maxAliasCount: 100 });
  } catch (error) {
    // Unquoted macros are no YAML by themselves; where they are the cause, the rest can still be read.
    try {
      return parse(maskMacros(text), { logLevel: "error", maxAliasCount: 100 });
    } catch {
      throw new SyntaxError(error instanceof Error ? error.message.split("\n", 1)[0] : String(error));
    }
  }
}
