import type { ImportChoice, ImportFacts, ImportMode } from "../../imports/index.ts";
import { importObjects } from "../../imports/index.ts";
import { isLabelName } from "../../shared/names.ts";

/** What the user enters for one import. */
export interface Wish {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly mode: ImportMode;
  readonly address?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly proxyUrl?: string | undefined;
}

/** What of a wish the checks need. */
export function checkedOf({ name, namespace, mode, address }: Wish) {
  return { name, namespace, mode, ...(address === undefined ? {} : { address }) };
}

/** A context's name as a cluster may be called; managed clouds put account, region and name into it. */
export function suggestedName(context: string): string {
  const last =
    context
      .split(/[/:@]/)
      .filter((part) => part !== "")
      .at(-1) ?? context;
  const name = last
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
  return name === "" ? "cluster" : name;
}

/** What is wrong with the name of a cluster. */
export function nameProblem(name: string): string | undefined {
  if (name === "") {
    return "A name is needed.";
  }
  return isLabelName(name)
    ? undefined
    : "Use lower case letters, digits and hyphens, 63 at most, with a letter or digit at both ends.";
}

/** Labels as people write them: `env=production, team=shop`. Gives what is wrong as text. */
export function parseLabels(text: string): Record<string, string> | string {
  const labels: Record<string, string> = {};
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== "")) {
    const at = entry.indexOf("=");
    const [key, value] = [entry.slice(0, at), entry.slice(at + 1)];
    if (at <= 0 || !/^[\w./-]+$/.test(key) || !/^[\w.-]*$/.test(value)) {
      return `Write labels as key=value, separated by commas, not ${entry}.`;
    }
    labels[key] = value;
  }
  return labels;
}

/** The objects of an import, those of the imported cluster first. */
export function sidesOf(choice: ImportChoice) {
  const all = importObjects(choice);
  return {
    imported: all.filter(({ side }) => side === "imported").map(({ object }) => object),
    management: all.filter(({ side }) => side === "management").map(({ object }) => object),
  };
}

/** What was found on a cluster, in one line. */
export function foundText({ found }: ImportFacts): string {
  const { cloud, machines, network, storage, releases } = found;
  return [
    cloud?.title,
    machines === 1 ? "1 machine" : `${machines} machines`,
    network?.title,
    ...storage.map(({ title }) => title),
    releases.length === 1 ? "1 Helm release" : `${releases.length} Helm releases`,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}
