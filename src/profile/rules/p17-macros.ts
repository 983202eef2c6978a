import { nearest } from "../../shared/nearest.ts";
import type { EmbeddedText } from "../embedded.ts";
import { type MacroRef, SYSTEM_MACROS } from "../macros.ts";
import { typeOf } from "./known.ts";
import type { Finding, Rule } from "./rule.ts";

/** System macros are Palette's own, and macros that read another layer name one of the profile. */
export const macrosAreKnown: Rule = {
  code: "P17",
  *check({ profile, embedded }) {
    const type = typeOf(profile);
    const packs = new Set(profile.packs.map(({ name }) => name?.text ?? ""));
    for (const text of embedded) {
      for (const ref of text.macros.flatMap(({ refs }) => refs)) {
        if (ref.kind === "system" && !SYSTEM_MACROS.includes(ref.name)) {
          yield unknown(
            text,
            ref,
            ref.name,
            SYSTEM_MACROS,
            `Palette has no macro .spectro.system.${ref.name}.`,
          );
        } else if (ref.kind === "pack") {
          const pack = ref.name.split(".")[0] ?? "";
          if (!packs.has(pack)) {
            const onlyAddOns = type === "add-on" || type === "system";
            yield {
              ...unknown(text, ref, pack, packs, `The profile has no layer ${pack}: the macro is empty.`),
              // Another profile of the cluster may have it.
              ...(onlyAddOns
                ? {
                    severity: "warning" as const,
                    message: `The profile has no layer ${pack}. It must come from another profile of the cluster.`,
                  }
                : {}),
            };
          }
        }
      }
    }
  },
};

function unknown(
  text: EmbeddedText,
  ref: MacroRef,
  word: string,
  candidates: Iterable<string>,
  message: string,
): Finding {
  const span = text.toSpan({ start: ref.span.start, end: ref.span.start + word.length });
  const meant = nearest(word, candidates);
  return {
    severity: "error",
    message: meant === undefined ? message : `${message} Did you mean ${meant}?`,
    span,
    ...(meant === undefined
      ? {}
      : { fixes: [{ title: `Change to ${meant}`, edits: [{ span, text: meant }] }] }),
  };
}
