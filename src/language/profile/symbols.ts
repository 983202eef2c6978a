import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { ProfileDocument } from "../../profile/document.ts";
import { layerOf } from "../../profile/rules/known.ts";
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
  const symbols = view.packs.map((pack) => layerSymbol(lines, pack));
  const variables = variablesSymbol(lines, view);
  return variables === undefined ? symbols : [...symbols, variables];
}

function layerSymbol(lines: Lines, pack: PackView): DocumentSymbol {
  const layer = layerOf(pack);
  const title = layer === undefined ? pack.layer?.text : LAYER_TITLES[layer];
  const version = pack.tag?.text || pack.version?.text;
  const children = pack.manifests.map((manifest) =>
    symbol(lines, manifest.name?.text || "manifest", SymbolKind.File, manifest.node.span, manifest.name),
  );
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
