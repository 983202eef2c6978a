import {
  type CodeLens,
  type DocumentLink,
  type DocumentSymbol,
  SymbolKind,
} from "vscode-languageserver-types";
import { checkRequest } from "../../cluster/check.ts";
import { parseRequest, type RequestDocument } from "../../cluster/document.ts";
import { formatYaml } from "../../profile/format.ts";
import { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";
import type { Language } from "../file.ts";
import { requestCompletion } from "./completion.ts";
import { requestHover } from "./hover.ts";

/** Cluster requests. */
export const requestLanguage: Language = {
  open(text) {
    const lines = new Lines(text);
    const document = parseRequest(text);
    const cloudType = document.view?.cloudType?.text ?? "";
    return {
      lines,
      diagnostics: checkRequest(document),
      lenses: (uri) => lenses(lines, document, uri),
      symbols: () => symbols(lines, document),
      hover: (offset) => requestHover(lines, document.root, offset, cloudType),
      completion: (offset) => requestCompletion(lines, offset, cloudType),
      format: () => formatYaml(text),
      links: (uri) => links(lines, document, uri),
    };
  },
};

function lenses(lines: Lines, { view }: RequestDocument, uri: string): CodeLens[] {
  if (view === undefined) {
    return [];
  }
  const range = toRange(lines, view.start);
  return [
    { range, command: { title: "Create", command: "palette.createCluster", arguments: [uri] } },
    { range, command: { title: "Preview Objects", command: "palette.previewCluster", arguments: [uri] } },
  ];
}

/** The outline: the machine pools. */
function symbols(lines: Lines, { view }: RequestDocument): DocumentSymbol[] {
  return (view?.pools ?? []).flatMap(({ name, size, isControlPlane }): DocumentSymbol[] => {
    if (name === undefined) {
      return [];
    }
    const range = toRange(lines, name.span);
    const role = isControlPlane?.text === "true" ? "control plane" : "workers";
    const detail = size === undefined ? role : `${role}, ${size.text}`;
    return [
      {
        name: name.text || "pool without a name",
        detail,
        kind: SymbolKind.Array,
        range,
        selectionRange: range,
      },
    ];
  });
}

/** The profile files that the request names. */
function links(lines: Lines, { view }: RequestDocument, uri: string): DocumentLink[] {
  return (view?.profiles ?? []).flatMap(({ file }): DocumentLink[] => {
    // Half a character, as a text has it while it is cut, is none that a URI could hold.
    const path = encodeURI((file?.text ?? "").toWellFormed());
    const target = path === "" ? null : URL.parse(path, uri);
    return file === undefined || target === null
      ? []
      : [{ range: toRange(lines, file.span), target: target.href, tooltip: "Open the profile" }];
  });
}
