import { type InlayHint, InlayHintKind } from "vscode-languageserver-types";
import { catalog, NO_USER_PACKS, type UserPacks } from "../../catalog/index.ts";
import { isTrain } from "../../catalog/version.ts";
import type { ProfileDocument } from "../../profile/document.ts";
import { packsFor } from "../../profile/packs.ts";
import type { Span } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";

/** Behind each train within `span`: the version that it means today, by the catalog or the user's registry. */
export function profileHints(
  lines: Lines,
  document: ProfileDocument,
  span: Span,
  user: UserPacks = NO_USER_PACKS,
): InlayHint[] {
  return (document.view?.packs ?? []).flatMap((layer): InlayHint[] => {
    const { tag } = layer;
    if (tag === undefined || !isTrain(tag.text) || tag.span.end < span.start || tag.span.start > span.end) {
      return [];
    }
    const [pack] = packsFor(layer, user);
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
