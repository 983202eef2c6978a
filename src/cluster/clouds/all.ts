// Written by scripts/clouds.ts from the folders beside it.
import type { Cloud } from "./cloud.ts";
import { cloud as docker } from "./docker/index.ts";
import { cloud as inMemory } from "./in-memory/index.ts";

/** Every cloud that clusters can be made on. */
export const CLOUDS: readonly Cloud[] = [docker, inMemory];
