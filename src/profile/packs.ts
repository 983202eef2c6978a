import { catalog, type Pack, type UserPacks } from "../catalog/index.ts";
import { entriesOf } from "./syntax/nodes.ts";
import type { PackView } from "./view.ts";

/**
 * What a layer may be: the chart of the user's registry that it names; otherwise the pack of the catalog, then a chart
 * of that name in any of the user's registries, where the layer may be one.
 */
export function packsFor(pack: PackView | undefined, user: UserPacks): Pack[] {
  const name = pack?.name?.text ?? "";
  if (pack === undefined || name === "") {
    return [];
  }
  const registry = registryNameOf(pack);
  const own = registry === undefined && !mayBeChart(pack) ? undefined : user.find(name, registry);
  const known = registry !== undefined && own !== undefined ? undefined : catalog.find(name);
  return [known, own].filter((each) => each !== undefined);
}

/** The registry that a layer names. */
function registryNameOf({ registry, registryName }: PackView): string | undefined {
  const name = registry?.map === undefined ? undefined : entriesOf(registry.map).get("name")?.value;
  return (name?.kind === "scalar" ? name.text : "") || registryName?.text || undefined;
}

/** Whether nothing that is written says that the layer is no chart. */
function mayBeChart({ type }: PackView): boolean {
  return ["", "helm", "oci"].includes(type?.text ?? "");
}

/** The charts of the user's registries that a layer may be named after. */
export function chartsFor(pack: PackView | undefined, user: UserPacks): readonly Pack[] {
  if (pack === undefined) {
    return user.packs;
  }
  if (!["", "addon"].includes(pack.layer?.text ?? "") || !mayBeChart(pack)) {
    return [];
  }
  const name = registryNameOf(pack);
  const type = pack.type?.text ?? "";
  return user.packs.filter(
    ({ registry }) =>
      typeof registry === "object" &&
      (name === undefined || registry.name === name) &&
      (type === "" || registry.kind === type),
  );
}
