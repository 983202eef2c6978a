import type { DocumentLink } from "vscode-languageserver-types";
import { NO_USER_PACKS } from "../../catalog/index.ts";
import type { ProfileDocument } from "../../profile/document.ts";
import { packsFor } from "../../profile/packs.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";

/**
 * From the version of each layer to where the catalog says its open equivalent comes from. Not from the name, which
 * leads to its references; not to the user's registries, which are no pages.
 */
export function profileLinks(lines: Lines, document: ProfileDocument): DocumentLink[] {
  return (document.view?.packs ?? []).flatMap((layer): DocumentLink[] => {
    const field = (layer.tag?.text ?? "") === "" ? layer.version : layer.tag;
    const [pack] = packsFor(layer, NO_USER_PACKS);
    if (field === undefined || field.text === "" || pack === undefined || !("repository" in pack.source)) {
      return [];
    }
    const { repository } = pack.source;
    return repository.startsWith("https://")
      ? [{ range: toRange(lines, field.span), target: repository, tooltip: `Open ${repository}` }]
      : [];
  });
}
