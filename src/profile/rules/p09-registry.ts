import type { Fix } from "../../shared/diagnostic.ts";
import { columnOf, lineEndOf } from "../edits.ts";
import { entriesOf } from "../syntax/nodes.ts";
import type { PackView } from "../view.ts";
import type { Rule } from "./rule.ts";

/** A layer says where it comes from: its uid, or name, tag and registry. Manifest layers come with the profile. */
export const packsAreResolvable: Rule = {
  code: "P09",
  *check({ text, profile, misspelled }) {
    for (const pack of profile.packs) {
      const title = pack.name?.text || "This layer";
      if (pack.registryUid !== undefined && pack.registryName !== undefined) {
        yield {
          severity: "error",
          message: `${title} names its registry twice. Keep registryUid or registryName.`,
          span: pack.registryName.key.span,
          related: [{ span: pack.registryUid.key.span, message: "registryUid stands here." }],
        };
      }
      if (pack.type?.text === "manifest" || (pack.uid?.text ?? "") !== "") {
        continue;
      }
      const noTag = (pack.tag?.text ?? "") === "" && !misspelled(pack.node, "tag");
      const noRegistry = !hasRegistry(pack) && !misspelled(pack.node, "registry");
      if (!noTag && !noRegistry) {
        continue;
      }
      const missing = [...(noTag ? ["no tag"] : []), ...(noRegistry ? ["no registry"] : [])].join(" and ");
      const place = pack.name?.span ?? pack.span;
      yield {
        severity: "error",
        message: `${title} has ${missing}: Palette cannot find the pack. Name what is missing, or make it a manifest layer.`,
        span: noRegistry ? (pack.registry?.key.span ?? place) : (pack.tag?.span ?? place),
        fixes: noTag ? tagFromVersion(text, pack) : [],
      };
    }
  },
};

function hasRegistry(pack: PackView): boolean {
  if ((pack.registryUid?.text ?? "") !== "" || (pack.registryName?.text ?? "") !== "") {
    return true;
  }
  const metadata = pack.registry?.map === undefined ? undefined : entriesOf(pack.registry.map);
  return ["uid", "name"].some((key) => {
    const value = metadata?.get(key)?.value;
    return value?.kind === "scalar" && value.text !== "";
  });
}

/** The version as tag, on the line below it. */
function tagFromVersion(text: string, pack: PackView): Fix[] {
  const version = pack.version;
  if (version?.value === undefined || version.text === "" || pack.tag !== undefined || pack.node.flow) {
    return [];
  }
  const { end } = version.value.span;
  const written = text.slice(version.value.span.start, end);
  const line = `${lineEndOf(text)}${" ".repeat(columnOf(text, version.key.span.start))}tag: ${written}`;
  return [
    { title: `Add tag ${version.text}`, preferred: true, edits: [{ span: { start: end, end }, text: line }] },
  ];
}
