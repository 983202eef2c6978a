import type { Rule } from "./rule.ts";
import { isBroken } from "./values.ts";

/** The values of a layer are YAML, indented by spaces in steps of two. */
export const valuesAreYaml: Rule = {
  code: "P11",
  *check({ embedded }) {
    for (const text of embedded) {
      if (text.kind !== "values") {
        continue;
      }
      for (const { problems } of text.documents) {
        yield* problems.map(text.lift);
      }
      if (isBroken(text)) {
        continue;
      }
      const tab = text.text.indexOf("\t");
      if (tab >= 0) {
        yield {
          severity: "warning",
          message: "These values hold a tab. Palette's own check of packs forbids them.",
          span: text.toSpan({ start: tab, end: tab + 1 }),
        };
      }
      const odd = /^(?: {2})* (?=[^\s#-])/m.exec(text.text);
      const oddKey = odd === null ? undefined : keyIndented(text.text, odd.index);
      if (odd !== null && oddKey === true) {
        yield {
          severity: "warning",
          message: "This line is indented by an odd number of blanks. Values are indented in steps of two.",
          span: text.toSpan({ start: odd.index, end: odd.index + odd[0].length }),
        };
      }
    }
  },
};

/** Whether the line at `start` begins with a key: text inside a block may be indented as it likes. */
function keyIndented(text: string, start: number): boolean {
  const end = text.indexOf("\n", start);
  return /^\s+[\w."'/-]+:(?:\s|$)/.test(text.slice(start, end < 0 ? text.length : end));
}
