import type { Diagnostic } from "../shared/diagnostic.ts";
import { nearest } from "../shared/nearest.ts";
import type { EmbeddedText } from "./embedded.ts";
import { entriesOf, nodeAt } from "./syntax/nodes.ts";
import { VALUES_SHAPE } from "./values-shape.ts";

/**
 * Keys under `pack` that look like a slip of one that Palette reads (warning, code `SHAPE`). Packs read keys of
 * their own there, so that others are let be.
 */
export function checkValues({ kind, documents, toSpan }: EmbeddedText): Diagnostic[] {
  const pack = kind === "values" ? nodeAt(documents[0]?.root, "pack")?.value : undefined;
  if (pack?.kind !== "map") {
    return [];
  }
  const entries = entriesOf(pack);
  const known = Object.keys(VALUES_SHAPE.fields?.pack?.fields ?? {});
  const free = known.filter((name) => !entries.has(name));
  return [...entries.values()].flatMap(({ name, key }): Diagnostic[] => {
    const meant = known.includes(name) ? undefined : nearest(name, free);
    if (meant === undefined) {
      return [];
    }
    const span = toSpan(key.span);
    return [
      {
        code: "SHAPE",
        severity: "warning",
        message: `Palette does not read ${name} here. Did you mean ${meant}?`,
        span,
        fixes: [{ title: `Change to ${meant}`, edits: [{ span, text: meant }] }],
      },
    ];
  });
}
