import type * as CatalogRoom from "../../../catalog/index.ts";
import type * as LayersRoom from "../../../layers/index.ts";
import type * as ProfileRoom from "../../../profile/index.ts";
import { loadCatalog, loadClusterRoom, loadLayersRoom, loadProfileRoom } from "../../chunks.ts";
import type { Room } from "./model.ts";

/** The rooms that the form works with. */
export interface Rooms {
  readonly cluster: Room;
  readonly profile: typeof ProfileRoom;
  readonly layers: typeof LayersRoom;
  readonly catalog: typeof CatalogRoom;
}

/** Loads them; they stay loaded. */
export async function loadRooms(): Promise<Rooms> {
  const [cluster, profile, layers, catalog] = await Promise.all([
    loadClusterRoom(),
    loadProfileRoom(),
    loadLayersRoom(),
    loadCatalog(),
  ]);
  return { cluster, profile, layers, catalog };
}
