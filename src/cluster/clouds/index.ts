import type { Profile } from "../../profile/model.ts";
import { CLOUDS } from "./all.ts";
import type { AccountRef, Cloud } from "./cloud.ts";

export { CLOUDS };

export interface CloudChoice {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
}

/** Clouds whose objects the user brings: any infrastructure profile fits them. */
const ANY_CLOUD: readonly string[] = ["custom", "cluster-class"];

/**
 * Whether clusters of a profile's cloud type can be made on a cloud: on its own, on those that take any, and for
 * trying in memory.
 */
export function fitsCloud(cloud: Cloud, profileCloud: string): boolean {
  return cloud.onlyOnSandbox === true || cloud.id === profileCloud || ANY_CLOUD.includes(cloud.id);
}

/**
 * The clouds that a cluster of this profile can be made on, its own first; on the local management cluster also
 * in-memory, where any profile can be tried.
 */
export function cloudsFor(
  profile: Pick<Profile, "cloudType">,
  { sandbox }: { readonly sandbox: boolean },
): CloudChoice[] {
  return CLOUDS.filter(
    (cloud) => fitsCloud(cloud, profile.cloudType) && (cloud.onlyOnSandbox !== true || sandbox),
  )
    .sort((a, b) => rank(a, profile.cloudType) - rank(b, profile.cloudType))
    .map(({ id, title, notes }) => {
      const [note] = notes;
      return note === undefined ? { id, title } : { id, title, note };
    });
}

/** The profile's own cloud first, then where it can be tried, then where the user brings the objects. */
function rank(cloud: Cloud, profileCloud: string): number {
  return cloud.id === profileCloud ? 0 : cloud.onlyOnSandbox === true ? 1 : 2;
}

/** The cloud of an id. */
export function cloudOf(id: string): Cloud | undefined {
  return CLOUDS.find((cloud) => cloud.id === id);
}

/** The account that a request names: `NAME` is of the cloud's first kind of identity, `KIND/NAME` of another. */
export function accountOf(cloud: Cloud, account: string | undefined): AccountRef | undefined {
  const [first] = cloud.identities;
  if (account === undefined || account === "" || first === undefined) {
    return undefined;
  }
  const slash = account.indexOf("/");
  return slash < 0
    ? { kind: first.kind, name: account }
    : { kind: account.slice(0, slash), name: account.slice(slash + 1) };
}
