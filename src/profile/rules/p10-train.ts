import { catalog, type UserPacks } from "../../catalog/index.ts";
import { isTrain } from "../../catalog/version.ts";
import { replaceScalar } from "../edits.ts";
import { packsFor } from "../packs.ts";
import type { PackView } from "../view.ts";
import type { Rule } from "./rule.ts";

/** A tag is pinned to one version; a train such as `1.36.x` moves with every release. */
export const tagsArePinned: Rule = {
  code: "P10",
  *check({ profile, user }) {
    for (const pack of profile.packs) {
      const { tag } = pack;
      if (tag?.value === undefined || !isTrain(tag.text)) {
        continue;
      }
      const meaning = meaningOf(pack, tag.text, user);
      yield {
        severity: "warning",
        message: `Tag ${tag.text} is not pinned. ${meaning === undefined ? "It follows the newest release." : `It means ${meaning} today.`}`,
        span: tag.span,
        ...(meaning === undefined
          ? {}
          : { fixes: [{ title: `Pin to ${meaning}`, edits: [replaceScalar(tag.value, meaning)] }] }),
      };
    }
  },
};

/** What the train stands for: by the catalog or the user's registry, else by the version that was exported with it. */
function meaningOf(layer: PackView, tag: string, user: UserPacks): string | undefined {
  const [pack] = packsFor(layer, user);
  const newest = pack === undefined ? undefined : catalog.resolveTag(pack, tag);
  const written = layer.version?.text ?? "";
  return newest?.version ?? (written === "" || isTrain(written) ? undefined : written);
}
