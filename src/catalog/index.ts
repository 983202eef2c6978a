import { createCatalog, type PackCatalog } from "./catalog.ts";
import type { CatalogData } from "./model.ts";
import data from "./packs.json" with { type: "json" };

export type { PackCatalog } from "./catalog.ts";
export { createCatalog } from "./catalog.ts";
export { ADDON_TYPES, type CatalogLayer, type Pack, type PackData } from "./model.ts";
export {
  type ChartRegistry,
  createUserPacks,
  NO_USER_PACKS,
  type UserPacks,
} from "./userPacks.ts";
export { compareVersions } from "./version.ts";

/** The catalog that ships with the extension; src/catalog/packs.json is made by scripts/catalog.ts. */
export const catalog: PackCatalog = createCatalog(data as unknown as CatalogData);
