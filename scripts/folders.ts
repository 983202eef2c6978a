import { dirname } from "node:path";
import { foldersOf } from "../sandbox/paths.ts";

/** Where downloads are kept between runs, beside the sandbox's engines. */
export function cacheFolder(): string {
  return dirname(foldersOf().engines);
}

/** Where the window of `npm start` keeps its settings, beside the sandbox's data. */
export function dataFolder(): string {
  return dirname(foldersOf().state);
}
