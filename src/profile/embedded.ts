import type { Diagnostic, Span } from "../shared/diagnostic.ts";
import { isMacroLine, type Macro, macrosOf, maskMacros } from "./macros.ts";
import { type ScalarNode, walk } from "./syntax/nodes.ts";
import { type ParsedYaml, parseYaml } from "./syntax/parse.ts";
import { mapProblem } from "./syntax/shift.ts";
import { type SourceMap, sourceMapOf } from "./syntax/source-map.ts";
import type { ManifestView, PackView, ProfileView } from "./view.ts";

/** YAML inside a scalar of the profile. Its own offsets are those of the decoded text. */
export interface EmbeddedText {
  readonly kind: "values" | "manifest";
  readonly pack: PackView;
  /** For a manifest's content. */
  readonly manifest: ManifestView | undefined;
  readonly node: ScalarNode;
  readonly text: string;
  /** Parsed with its macros masked. */
  readonly documents: readonly ParsedYaml[];
  /** Macros that count: those in comments do not. */
  readonly macros: readonly Macro[];
  /** The place in this text of a place in the profile. */
  toDecoded(offset: number): number;
  /** The place in the profile of a place in this text. */
  toSpan(span: Span): Span;
  /** A problem of this text as one of the profile. */
  lift(problem: Diagnostic): Diagnostic;
}

/** What parsing a text inside the profile left behind for the next version: it does not depend on its place. */
export type EmbeddedCache = ReadonlyMap<string, ParsedText>;

interface ParsedText {
  readonly documents: readonly ParsedYaml[];
  readonly macros: readonly Macro[];
}

/**
 * The YAML inside the values and manifests of all layers, in the order of the layers. A text that the last version
 * of the profile had is not parsed again.
 */
export function embeddedTexts(
  text: string,
  profile: ProfileView,
  last: EmbeddedCache,
): { readonly embedded: readonly EmbeddedText[]; readonly cache: EmbeddedCache } {
  const embedded: EmbeddedText[] = [];
  const cache = new Map<string, ParsedText>();
  const seen = new Set<ScalarNode>();
  const add = (node: ScalarNode | undefined, pack: PackView, manifest: ManifestView | undefined): void => {
    // What stands behind an alias is judged where it is written, once.
    if (node !== undefined && typeof node.value === "string" && !seen.has(node)) {
      seen.add(node);
      const parsed = cache.get(node.text) ?? last.get(node.text) ?? parseText(node.text);
      cache.set(node.text, parsed);
      embedded.push(embed(text, node, parsed, pack, manifest));
    }
  };
  for (const pack of profile.packs) {
    add(pack.values?.value, pack, undefined);
    for (const manifest of pack.manifests) {
      add(manifest.content?.value, pack, manifest);
    }
  }
  return { embedded, cache };
}

function parseText(text: string): ParsedText {
  const documents = parseYaml(maskMacros(text));
  return { documents, macros: liveMacros(text, documents) };
}

function embed(
  source: string,
  node: ScalarNode,
  { documents, macros }: ParsedText,
  pack: PackView,
  manifest: ManifestView | undefined,
): EmbeddedText {
  let known: SourceMap | undefined;
  // Most texts of most versions have nothing to say: their maps are never made.
  const map = (): SourceMap => {
    known ??= sourceMapOf(source, node);
    return known;
  };
  const toSpan = (span: Span): Span => within(source, map().toSpan(span));
  return {
    kind: manifest === undefined ? "values" : "manifest",
    pack,
    manifest,
    node,
    text: node.text,
    documents,
    macros,
    toDecoded: (offset) => map().toDecoded(offset),
    toSpan,
    lift: (problem) => mapProblem(problem, toSpan),
  };
}

/** What hinders reading the YAML inside a scalar, at its places in `source`; macros are masked. */
export function embeddedProblems(source: string, node: ScalarNode): Diagnostic[] {
  const problems = parseYaml(maskMacros(node.text)).flatMap((document) => document.problems);
  if (problems.length === 0) {
    return [];
  }
  const map = sourceMapOf(source, node);
  return problems.map((problem) => mapProblem(problem, (span) => within(source, map.toSpan(span))));
}

function within(source: string, span: Span): Span {
  const end = Math.min(Math.max(span.start, span.end), source.length);
  return { start: Math.min(span.start, end), end };
}

function liveMacros(text: string, documents: readonly ParsedYaml[]): Macro[] {
  const all = macrosOf(text);
  if (all.length === 0) {
    return all;
  }
  const spans: Span[] = [];
  for (const { root } of documents) {
    walk(root, (node) => {
      if (node.kind === "scalar") {
        spans.push(node.span);
      }
    });
  }
  spans.sort((a, b) => a.start - b.start);
  // Both are in the order of the text: one pass finds the scalar in which each macro may stand.
  let at = 0;
  return all.filter(({ span }) => {
    while (at < spans.length && (spans[at]?.start ?? 0) <= span.start) {
      at++;
    }
    const holder = spans[at - 1];
    return (holder !== undefined && holder.end >= span.end) || isMacroLine(text, span);
  });
}
