import type { Cloud } from "../cluster/clouds/cloud.ts";
import { CLOUDS, cloudOf } from "../cluster/index.ts";
import { UsageError } from "./command.ts";

/** The cloud of an id. Throws `UsageError` with those that there are. */
export function cloudNamed(id: string): Cloud {
  const cloud = cloudOf(id);
  if (cloud === undefined) {
    throw new UsageError(`--cloud is one of ${CLOUDS.map((each) => each.id).join(", ")}, not ${id}.`);
  }
  return cloud;
}
