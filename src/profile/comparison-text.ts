import type { Diagnostic } from "../shared/diagnostic.ts";
import type { LayerChange, ProfileComparison, ValueChange } from "./compare.ts";
import { LAYERS } from "./model.ts";
import { counted, LAYER_NOUNS } from "./words.ts";

/** How the two sides are called. */
export interface ComparedNames {
  readonly before: string;
  readonly after: string;
}

/** Longer values are cut: the editor shows them side by side. */
const MAX_VALUE = 120;
const ACTIONS: Readonly<Record<LayerChange["change"], string>> = {
  added: "Added",
  removed: "Removed",
  changed: "Changed",
};

/**
 * A comparison as Markdown that reads well as plain text too: what it means for machines first, then each value.
 * @param refusals why clusters cannot go from the one to the other (`checkUpgrade`)
 */
export function comparisonText(
  { profile, layers }: ProfileComparison,
  { before, after }: ComparedNames,
  refusals: readonly Diagnostic[],
): string {
  const parts = [`# ${plain(before)} → ${plain(after)}`];
  if (profile.length === 0 && layers.length === 0) {
    parts.push("Nothing differs but comments, quotes and the order of keys.");
  } else {
    parts.push(summary(layers), ...refusals.map(({ message }) => plain(message)));
  }
  if (profile.length > 0) {
    parts.push("## Profile", profile.map(valueLine).join("\n"));
  }
  for (const layer of layers) {
    parts.push(layerHead(layer));
    if (layer.values.length > 0) {
      parts.push(layer.values.map(valueLine).join("\n"));
    }
  }
  return `${parts.join("\n\n")}\n`;
}

function summary(layers: readonly LayerChange[]): string {
  const count = (change: LayerChange["change"]) => layers.filter((each) => each.change === change).length;
  const counts = (["changed", "added", "removed"] as const)
    .filter((change) => count(change) > 0)
    .map((change) => `${counted(count(change), "layer")} ${change}`);
  const replacing = layers.filter(({ replacesNodes }) => replacesNodes).map(({ name }) => code(name));
  const machines =
    replacing.length === 0
      ? "No machine is replaced."
      : `Machines of running clusters are replaced (repave), because of ${replacing.join(" and ")}.`;
  return `${counts.length === 0 ? "No layer differs" : counts.join(", ")}. ${machines}`;
}

function layerHead({ change, name, layer, replacesNodes }: LayerChange): string {
  const known = LAYERS.find((each) => each === layer);
  const title = known === undefined ? plain(layer) : LAYER_NOUNS[known];
  return `## ${ACTIONS[change]}: ${plain(name)} (${title})${replacesNodes ? ", replaces machines" : ""}`;
}

function valueLine({ path, before, after }: ValueChange): string {
  if (before === undefined) {
    return `- ${code(path)}: added ${value(after ?? "")}`;
  }
  return after === undefined
    ? `- ${code(path)}: removed ${value(before)}`
    : `- ${code(path)}: ${value(before)} → ${value(after)}`;
}

function value(text: string): string {
  const shown = text === "" || /[\n\r\t]/.test(text) ? JSON.stringify(text) : text;
  return code(shown.length > MAX_VALUE ? `${shown.slice(0, MAX_VALUE)}…` : shown);
}

/** A code span that holds any text: its fence is longer than any run of backticks inside. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

/** Text that Markdown takes as it is. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}
