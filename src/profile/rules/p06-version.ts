import { valid } from "semver";
import { replaceScalar } from "../edits.ts";
import type { Rule } from "./rule.ts";

/** `spec.version` is a strict semantic version without a leading v. */
export const strictVersion: Rule = {
  code: "P06",
  *check({ profile }) {
    const field = profile.version;
    if (field === undefined || isStrict(field.text)) {
      return;
    }
    if (field.value === undefined || field.text === "") {
      yield {
        severity: "error",
        message: "The version is empty. Write a semantic version such as 1.0.0.",
        span: field.span,
      };
      return;
    }
    const right = repaired(field.text);
    yield {
      severity: "error",
      message: `${field.text} is not a semantic version. Write major.minor.patch without a leading v${right === undefined ? ", such as 1.0.0" : `: ${right}`}.`,
      span: field.span,
      ...(right === undefined
        ? {}
        : {
            fixes: [
              { title: `Change to ${right}`, preferred: true, edits: [replaceScalar(field.value, right)] },
            ],
          }),
    };
  },
};

/** Strict semantic versioning 2.0: `semver` itself also takes a leading v or =, and blanks. */
function isStrict(version: string): boolean {
  return /^[0-9]/.test(version) && version.trim() === version && valid(version) !== null;
}

/** The version that was surely meant: a v to drop, parts to fill with 0, leading zeros to drop. */
function repaired(version: string): string | undefined {
  const match = /^\s*[vV=]?\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\s*$/.exec(
    version,
  );
  if (match === null) {
    return undefined;
  }
  const [major, minor, patch] = [match[1], match[2], match[3]].map((part) =>
    (part ?? "0").replace(/^0+(?=\d)/, ""),
  );
  const whole = `${major}.${minor}.${patch}${match[4] ?? ""}${match[5] ?? ""}`;
  return isStrict(whole) ? whole : undefined;
}
