import { replaceScalar } from "../edits.ts";
import type { Rule } from "./rule.ts";

/** The profile has a name; one that is no RFC 1123 label is legal for Palette, but not as an object's name. */
export const nameIsUsable: Rule = {
  code: "P07",
  *check({ profile, misspelled }) {
    const field = profile.name;
    if (field === undefined) {
      const metadata = profile.root.pairs.find((pair) => pair.key === profile.metadataKey)?.value;
      const map = metadata?.kind === "map" ? metadata : undefined;
      const isMap = metadata === undefined || map !== undefined;
      const holdsName = map?.pairs.some((pair) => pair.key.kind === "scalar" && pair.key.text === "name");
      if (profile.metadataKey !== undefined && isMap && holdsName !== true && !misspelled(map, "name")) {
        yield { severity: "error", message: NO_NAME, span: profile.metadataKey.span };
      }
      return;
    }
    const name = field.text;
    if (name.trim() === "" || field.value === undefined) {
      yield { severity: "error", message: NO_NAME, span: field.span };
      return;
    }
    if (isLabel(name)) {
      return;
    }
    const slug = slugOf(name);
    yield {
      severity: "warning",
      message: `${name} is not a name that Kubernetes objects can have: lower-case letters, digits and dashes, at most 63. Published versions get a changed name.`,
      span: field.span,
      ...(slug === undefined
        ? {}
        : { fixes: [{ title: `Change to ${slug}`, edits: [replaceScalar(field.value, slug)] }] }),
    };
  },
};

const NO_NAME = "The profile has no name. Its versions are found by it.";

/** RFC 1123 label. */
function isLabel(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

function slugOf(name: string): string | undefined {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? undefined : slug;
}
