import type { Diagnostic, Span } from "../shared/diagnostic.ts";
import { isMacroLine, type Macro, macrosOf, maskMacros } from "./macros.ts";
import { type ScalarNode, walk } from "./syntax/nodes.ts";
import { type ParsedYaml, parseYaml } from "./syntax/parse.ts";
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
  /** With macros masked: what is parsed is `mask`. */
  readonly documents: readonly ParsedYaml[];
  /** Macros that count: those in comments do not. */
  readonly macros: readonly Macro[];
  readonly map: SourceMap;
  /** The place in the profile of a place in this text. */
  toSpan(span: Span): Span;
  /** A problem of this text as one of the profile. */
  lift(problem: Diagnostic): Diagnostic;
}

/** The YAML inside the values and manifests of all layers, in the order of the layers. */
export function embeddedTexts(text: string, profile: ProfileView): EmbeddedText[] {
  const found: EmbeddedText[] = [];
  const seen = new Set<ScalarNode>();
  const add = (node: ScalarNode | undefined, pack: PackView, manifest: ManifestView | undefined): void => {
    // What stands behind an alias is judged where it is written, once.
    if (node !== undefined && typeof node.value === "string" && !seen.has(node)) {
      seen.add(node);
      const embedded = embed(text, node, pack, manifest);
      if (embedded !== undefined) {
        found.push(embedded);
      }
    }
  };
  for (const pack of profile.packs) {
    add(pack.values?.value, pack, undefined);
    for (const manifest of pack.manifests) {
      add(manifest.content?.value, pack, manifest);
    }
  }
  return found;
}

function embed(
  source: string,
  node: ScalarNode,
  pack: PackView,
  manifest: ManifestView | undefined,
): EmbeddedText | undefined {
  const map = sourceMapOf(source, node);
  if (map === undefined) {
    return undefined;
  }
  const text = node.text;
  const documents = parseYaml(maskMacros(text));
  const toSpan = (span: Span): Span => {
    const lifted = map.toSpan(span);
    const end = Math.min(Math.max(lifted.start, lifted.end), source.length);
    return { start: Math.min(lifted.start, end), end };
  };
  return {
    kind: manifest === undefined ? "values" : "manifest",
    pack,
    manifest,
    node,
    text,
    documents,
    macros: liveMacros(text, documents),
    map,
    toSpan,
    lift: (problem) => ({
      ...problem,
      span: toSpan(problem.span),
      ...(problem.related === undefined
        ? {}
        : { related: problem.related.map((each) => ({ ...each, span: toSpan(each.span) })) }),
    }),
  };
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
  return all.filter(({ span }) => {
    const holder = spans.findLast(({ start }) => start <= span.start);
    return (holder !== undefined && holder.end >= span.end) || isMacroLine(text, span);
  });
}
