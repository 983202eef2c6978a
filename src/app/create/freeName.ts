import { MAX_CLUSTER_NAME } from "../../cluster/limits.ts";

/** A free name to begin with: the profile's with a number. */
export function freeName(profile: string, taken: readonly { readonly name: string }[]): string {
  const base = profile
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  const names = new Set(taken.map(({ name }) => name));
  const stem = base === "" ? "cluster" : base;
  for (let number = 1; ; number += 1) {
    const ending = `-${number}`;
    const candidate = `${stem.slice(0, MAX_CLUSTER_NAME - ending.length).replace(/-+$/, "")}${ending}`;
    if (!names.has(candidate)) {
      return candidate;
    }
  }
}
