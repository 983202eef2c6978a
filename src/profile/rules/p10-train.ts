import { replaceScalar } from "../edits.ts";
import type { Rule } from "./rule.ts";

/** A tag is pinned to one version; a train such as `1.36.x` moves with every release. */
export const tagsArePinned: Rule = {
  code: "P10",
  *check({ profile }) {
    for (const { tag, version } of profile.packs) {
      if (tag?.value === undefined || !/\.x$/i.test(tag.text)) {
        continue;
      }
      const exact = version?.text ?? "";
      const known = exact !== "" && !/\.x$/i.test(exact);
      yield {
        severity: "warning",
        message: `Tag ${tag.text} is not pinned.${known ? ` It stood for ${exact} when this was written.` : " It follows the newest release."}`,
        span: tag.span,
        ...(known ? { fixes: [{ title: `Pin to ${exact}`, edits: [replaceScalar(tag.value, exact)] }] } : {}),
      };
    }
  },
};
