import type { ProfileDocument } from "../../profile/document.ts";
import { replaceScalar } from "../../profile/edits.ts";
import type { MacroKind } from "../../profile/macros.ts";
import type { Field } from "../../profile/view.ts";
import type { Replacement, Span } from "../../shared/diagnostic.ts";

/** A variable or a layer, by one of its mentions. */
export interface Mention {
  readonly kind: "var" | "pack";
  readonly name: string;
  /** The place of this mention. */
  readonly span: Span;
}

/** Every place of a document that names a variable or a layer, definitions first. */
interface Mentions {
  readonly definition: Field | undefined;
  readonly uses: readonly Span[];
}

/** The variable or layer that is named at an offset. */
export function mentionAt(document: ProfileDocument, offset: number): Mention | undefined {
  const on = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  for (const variable of document.view?.variables ?? []) {
    const name = variable.fields.get("name");
    if (name?.value !== undefined && name.text !== "" && on(name.span)) {
      return { kind: "var", name: name.text, span: name.span };
    }
  }
  for (const { name } of document.view?.packs ?? []) {
    if (name?.value !== undefined && name.text !== "" && on(name.span)) {
      return { kind: "pack", name: name.text, span: name.span };
    }
  }
  for (const each of uses(document)) {
    if (on(each.span)) {
      return each;
    }
  }
  return undefined;
}

function* uses(document: ProfileDocument): Iterable<Mention> {
  for (const text of document.embedded) {
    for (const { kind, name, span } of text.macros.flatMap(({ refs }) => refs)) {
      if (kind === "var") {
        yield { kind, name, span: text.toSpan(span) };
      } else if (kind === "pack") {
        const pack = name.split(".")[0] ?? "";
        yield { kind, name: pack, span: text.toSpan({ start: span.start, end: span.start + pack.length }) };
      }
    }
  }
}

export function mentionsOf(document: ProfileDocument, kind: MacroKind, name: string): Mentions {
  const fields =
    kind === "var"
      ? (document.view?.variables ?? []).map(({ fields }) => fields.get("name"))
      : (document.view?.packs ?? []).map((pack) => pack.name);
  return {
    definition: fields.find((field) => field?.text === name),
    uses: [...uses(document)]
      .filter((each) => each.kind === kind && each.name === name)
      .map(({ span }) => span),
  };
}

/** The edits that give a variable or a layer another name; nothing where the name cannot be one. */
export function renameEdits(
  document: ProfileDocument,
  { kind, name }: Mention,
  to: string,
): Replacement[] | undefined {
  if (!/^[A-Za-z0-9_][-A-Za-z0-9_]*$/.test(to)) {
    return undefined;
  }
  const { definition, uses: places } = mentionsOf(document, kind, name);
  return [
    ...(definition?.value === undefined ? [] : [replaceScalar(definition.value, to)]),
    ...places.map((span) => ({ span, text: to })),
  ];
}
