/** An argument of a program, as Cluster API v1beta2 lists them. */
export interface Argument {
  readonly name: string;
  readonly value: string;
}

/** Taints that a kubelet registers its node with. */
export const TAINTS = "register-with-taints";
/** Labels that a kubelet registers its node with. */
export const LABELS = "node-labels";

/** What tells the items of an argument apart that is a list with commas between: a taint is its key and effect. */
const KEYS: Readonly<Record<string, (item: string) => string>> = {
  "feature-gates": beforeEquals,
  [LABELS]: beforeEquals,
  [TAINTS]: (item) => `${beforeEquals(item.replace(/:.*$/, ""))}:${item.replace(/^.*:/, "")}`,
};

/**
 * Arguments of several sources with each name once, as Cluster API demands. A later one wins and stands where the first
 * one did: another order would be another template, and new machines. Lists of labels, taints and feature gates are
 * joined, where the same holds for each of their items.
 */
export function mergeArguments(...sources: readonly (readonly Argument[])[]): Argument[] {
  const merged = new Map<string, string>();
  for (const { name, value } of sources.flat()) {
    merged.set(name, joined(name, merged.get(name), value));
  }
  return [...merged].map(([name, value]) => ({ name, value }));
}

/** The items of an argument that is a list with commas between; none where it is not there. */
export function itemsOf(arguments_: readonly Argument[], name: string): string[] {
  return arguments_.filter((each) => each.name === name).flatMap(({ value }) => split(value));
}

function joined(name: string, before: string | undefined, value: string): string {
  const key = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  return before === undefined || key === undefined
    ? value
    : [...new Map([...split(before), ...split(value)].map((item) => [key(item), item])).values()].join(",");
}

function split(value: string): string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function beforeEquals(item: string): string {
  return item.replace(/=.*$/, "");
}
