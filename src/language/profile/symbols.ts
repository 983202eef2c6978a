import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { ProfileDocument } from "../../profile/document.ts";
import type { EmbeddedText } from "../../profile/embedded.ts";
import { layerOf } from "../../profile/rules/known.ts";
import { nodeAt, resolve, type ScalarNode, type YamlNode } from "../../profile/syntax/nodes.ts";
import type { Field, PackView, ProfileView } from "../../profile/view.ts";
import { LAYER_TITLES } from "../../profile/words.ts";
import type { Span } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";

/** The outline: the layers by name and kind with their manifests, then the variables. */
export function profileSymbols(lines: Lines, document: ProfileDocument): DocumentSymbol[] {
  const { view, foreign } = document;
  if (view === undefined || foreign) {
    return [];
  }
  const embedded = new Map(document.embedded.map((text) => [text.node, text]));
  const symbols = view.packs.map((pack) => layerSymbol(lines, pack, embedded));
  const variables = variablesSymbol(lines, view);
  return variables === undefined ? symbols : [...symbols, variables];
}

function layerSymbol(
  lines: Lines,
  pack: PackView,
  embedded: ReadonlyMap<ScalarNode, EmbeddedText>,
): DocumentSymbol {
  const layer = layerOf(pack);
  const title = layer === undefined ? pack.layer?.text : LAYER_TITLES[layer];
  const version = pack.tag?.text || pack.version?.text;
  const textIn = (node: ScalarNode | undefined): EmbeddedText | undefined =>
    node === undefined ? undefined : embedded.get(node);
  const children = pack.manifests.map((manifest): DocumentSymbol => {
    const objects = objectSymbols(lines, textIn(manifest.content?.value));
    return {
      ...symbol(lines, manifest.name?.text || "manifest", SymbolKind.File, manifest.node.span, manifest.name),
      ...(objects.length === 0 ? {} : { children: objects }),
    };
  });
  const values = textIn(pack.values?.value);
  if (values !== undefined && pack.values !== undefined) {
    const key = pack.values.key.span;
    const keys = valuesSymbols(lines, values);
    if (keys.length > 0) {
      children.unshift({
        name: "values",
        kind: SymbolKind.Object,
        range: toRange(lines, { start: key.start, end: Math.max(key.end, values.node.span.end) }),
        selectionRange: toRange(lines, key),
        children: keys,
      });
    }
  }
  return {
    ...symbol(
      lines,
      pack.name?.text || "layer without a name",
      layer === "addon" ? SymbolKind.Package : SymbolKind.Module,
      pack.span,
      pack.name,
    ),
    detail: [title, version].filter((each) => each !== undefined && each !== "").join(" "),
    ...(children.length === 0 ? {} : { children }),
  };
}

function variablesSymbol(lines: Lines, view: ProfileView): DocumentSymbol | undefined {
  const key = view.variablesKey;
  const last = view.variables.at(-1);
  if (key === undefined || last === undefined) {
    return undefined;
  }
  const span = { start: key.span.start, end: Math.max(key.span.end, last.span.end) };
  return {
    ...symbol(lines, "variables", SymbolKind.Namespace, span, undefined),
    selectionRange: toRange(lines, key.span),
    children: view.variables.map((variable) =>
      symbol(
        lines,
        variable.fields.get("name")?.text || "variable without a name",
        SymbolKind.Variable,
        variable.span,
        variable.fields.get("name"),
      ),
    ),
  };
}

function symbol(
  lines: Lines,
  name: string,
  kind: SymbolKind,
  span: Span,
  label: Field | undefined,
): DocumentSymbol {
  // The label must lie inside: that of an alias or of a merged map stands elsewhere.
  const inside = label !== undefined && label.span.start >= span.start && label.span.end <= span.end;
  return {
    name,
    kind,
    range: toRange(lines, span),
    selectionRange: toRange(lines, inside ? label.span : { start: span.start, end: span.start }),
  };
}

/** The keys at the top of values. */
function valuesSymbols(lines: Lines, text: EmbeddedText): DocumentSymbol[] {
  const root = resolve(text.documents[0]?.root);
  return root?.kind !== "map"
    ? []
    : root.pairs.flatMap(({ key, value }): DocumentSymbol[] => {
        if (key.kind !== "scalar") {
          return [];
        }
        const span = { start: key.span.start, end: Math.max(key.span.end, value?.span.end ?? 0) };
        return [
          {
            name: key.text || '""',
            kind: SymbolKind.Key,
            range: toRange(lines, text.toSpan(span)),
            selectionRange: toRange(lines, text.toSpan(key.span)),
          },
        ];
      });
}

/** A name as it stands there: what is parsed has its macros masked. */
function written(text: EmbeddedText, { span }: YamlNode): string {
  return text.text.slice(span.start, span.end).replace(/^(["'])(.*)\1$/, "$2");
}

/** The Kubernetes objects of a manifest. */
function objectSymbols(lines: Lines, text: EmbeddedText | undefined): DocumentSymbol[] {
  return (text?.documents ?? []).flatMap(({ root }): DocumentSymbol[] => {
    const kind = nodeAt(root, "kind")?.value;
    const name = nodeAt(root, "metadata", "name")?.value;
    if (text === undefined || root === undefined || kind?.kind !== "scalar") {
      return [];
    }
    const range = toRange(lines, text.toSpan(root.span));
    return [
      {
        name: name === undefined ? kind.text || "object" : `${kind.text} ${written(text, name)}`,
        kind: SymbolKind.Object,
        range,
        selectionRange: { start: range.start, end: range.start },
      },
    ];
  });
}
