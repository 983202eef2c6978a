import type { CloudConfig } from "../model.ts";

/**
 * Reads fields of a cloud as its own type. The fields' schemas have judged them before objects are rendered, so the
 * type only says what `fields.json` says.
 */
export function configOf<T extends object>(config: CloudConfig): T {
  return config as unknown as T;
}
