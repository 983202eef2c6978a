import { type InlayHint, InlayHintKind } from "vscode-languageserver-types";
import { catalog } from "../../catalog/index.ts";
import { isTrain } from "../../catalog/version.ts";
import type { ProfileDocument } from "../../profile/document.ts";
import type { Span } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";

/** Behind each train within `span`: the version that it means today, by the catalog. */
export function profileHints(lines: Lines, document: ProfileDocument, span: Span): InlayHint[] {
  return (document.view?.packs ?? []).flatMap(({ name, tag }): InlayHint[] => {
    if (tag === undefined || !isTrain(tag.text) || tag.span.end < span.start || tag.span.start > span.end) {
      return [];
    }
    const pack = name === undefined ? undefined : catalog.find(name.text);
    const version = pack === undefined ? undefined : catalog.resolveTag(pack, tag.text);
    return version === undefined
      ? []
      : [
          {
            position: lines.positionAt(tag.span.end),
            label: `= ${version.version}`,
            kind: InlayHintKind.Type,
            paddingLeft: true,
          },
        ];
  });
}
