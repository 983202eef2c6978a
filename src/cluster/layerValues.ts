import { parse } from "yaml";
import type { Layer } from "../profile/model.ts";
import { type Fields, mapOf } from "../shared/records.ts";

/** The values of a layer as a map. Values that are no YAML are the language's to report: they read as none. */
export function layerValues(layer: Pick<Layer, "values"> | undefined): Fields {
  try {
    return mapOf(parse(layer?.values ?? "", { logLevel: "silent", maxAliasCount: 100 }));
  } catch {
    return {};
  }
}
