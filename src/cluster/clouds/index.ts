import type { Profile } from "../../profile/model.ts";
import type { Cloud } from "./cloud.ts";
import { docker } from "./docker/index.ts";
import { inMemory } from "./in-memory/index.ts";

/** Every cloud that clusters can be made on. */
export const CLOUDS: readonly Cloud[] = [docker, inMemory];

export interface CloudChoice {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
}

/**
 * The clouds that a cluster of this profile can be made on: the profile's own, and on the local management
 * cluster in-memory, where any profile can be tried.
 */
export function cloudsFor(
  profile: Pick<Profile, "cloudType">,
  { sandbox }: { readonly sandbox: boolean },
): CloudChoice[] {
  return CLOUDS.filter(({ id, onlyOnSandbox }) => (onlyOnSandbox ? sandbox : id === profile.cloudType)).map(
    ({ id, title, notes }) => {
      const [note] = notes;
      return note === undefined ? { id, title } : { id, title, note };
    },
  );
}

/** The cloud of an id. */
export function cloudOf(id: string): Cloud | undefined {
  return CLOUDS.find((cloud) => cloud.id === id);
}
