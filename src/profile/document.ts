import type { Diagnostic } from "../shared/diagnostic.ts";
import { type EmbeddedCache, type EmbeddedText, embeddedTexts } from "./embedded.ts";
import { type ParseCache, parseIncrementally } from "./syntax/incremental.ts";
import { describeKind, entriesOf, type MapNode, resolve, type YamlNode } from "./syntax/nodes.ts";
import { type ProfileView, viewOf } from "./view.ts";

/** A parsed `*.profile.yaml`. Everything else is derived from it. */
export interface ProfileDocument {
  readonly text: string;
  /** Plainly something else, an object of another API: left alone. */
  readonly foreign: boolean;
  readonly root: YamlNode | undefined;
  /** What hinders reading: code `YAML`. */
  readonly syntax: readonly Diagnostic[];
  /** Absent where the text holds no map. */
  readonly view: ProfileView | undefined;
  /** The YAML inside values and manifests. */
  readonly embedded: readonly EmbeddedText[];
  /** For parsing the next version. */
  readonly caches: { readonly parse: ParseCache; readonly embedded: EmbeddedCache };
}

/**
 * Parses a profile, YAML or JSON. Never throws.
 * @param last an earlier version of the text: what it shares with this one is not parsed again. The result is the
 * same without it.
 */
export function parseProfile(text: string, last?: ProfileDocument): ProfileDocument {
  const { documents, cache: parse } = parseIncrementally(text, last?.caches.parse);
  const [parsed, next] = documents;
  const root = resolve(parsed?.root);
  const foreign = root?.kind === "map" && isForeign(root);
  const syntax: Diagnostic[] = [...(parsed?.problems ?? [])];
  if (syntax.length === 0) {
    if (root === undefined) {
      syntax.push({
        code: "SHAPE",
        severity: "error",
        message: "This profile is empty. It needs metadata and spec.",
        span: { start: 0, end: 0 },
      });
    } else if (root.kind !== "map") {
      syntax.push({
        code: "SHAPE",
        severity: "error",
        message: `A profile is a map with metadata and spec, but this is ${describeKind(root)}.`,
        span: root.span,
      });
    }
  }
  const control = syntax.length > 0 || foreign ? null : CONTROL_CHARACTER.exec(text);
  if (control !== null) {
    syntax.push({
      code: "YAML",
      severity: "error",
      message: `The character ${codeOf(control[0])} cannot be in YAML. It cannot be seen: delete it.`,
      span: { start: control.index, end: control.index + 1 },
    });
  }
  if (next !== undefined) {
    const span = next.root?.span ?? next.problems[0]?.span ?? { start: text.length, end: text.length };
    syntax.push({
      code: "YAML",
      severity: "warning",
      message: "A profile file holds one document. What follows is not read.",
      span,
    });
  }
  const view = root?.kind === "map" ? viewOf(root) : undefined;
  const inside =
    view === undefined || foreign
      ? { embedded: [], cache: new Map() }
      : embeddedTexts(text, view, last?.caches.embedded ?? new Map());
  return {
    text,
    foreign,
    root: parsed?.root,
    syntax,
    view,
    embedded: inside.embedded,
    caches: { parse, embedded: inside.cache },
  };
}

/** What YAML does not take (1.2, chapter 5.1), though the library does. Palette refuses it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

function codeOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Profiles have no apiVersion. An object that has one and no layers belongs to another API. */
function isForeign(root: MapNode): boolean {
  const top = entriesOf(root);
  const spec = top.get("spec")?.value;
  return (
    top.get("apiVersion")?.value?.kind === "scalar" &&
    !(spec?.kind === "map" && entriesOf(spec).has("template") && !top.has("kind"))
  );
}
