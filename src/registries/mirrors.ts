import { isMap } from "../shared/records.ts";
import { addressProblem } from "./address.ts";

/** What a mirror may stand for: `*`, or an address, which may end anywhere between two slashes. */
const FROM = /^(?:\*|(?:https?|oci):\/\/.*)$/;

/**
 * Reads the setting `palette.chartMirrors`: addresses by the addresses that they stand for. What cannot be used is said
 * in `problems`, one sentence each; nobody should go past a mirror for a slip of the pen, so then none is to be used.
 */
export function readMirrors(value: unknown): { mirrors: Record<string, string>; problems: string[] } {
  if (value !== undefined && !isMap(value)) {
    return { mirrors: {}, problems: ["palette.chartMirrors is no map of addresses."] };
  }
  const mirrors: Record<string, string> = {};
  const problems: string[] = [];
  for (const [from, to] of Object.entries(value ?? {})) {
    const problem = mirrorProblem(from, to);
    if (problem === undefined) {
      mirrors[from] = String(to);
    } else {
      problems.push(`The chart mirror of ${from || "nothing"} cannot be used: ${problem}`);
    }
  }
  return { mirrors, problems };
}

function mirrorProblem(from: string, to: unknown): string | undefined {
  if (!FROM.test(from)) {
    return "it stands for no https:// or oci:// address, and not for *.";
  }
  return typeof to === "string" ? addressProblem(to.replace(/^oci:\/\//, "https://")) : "it has no address.";
}
