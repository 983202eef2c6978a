import type { Rule } from "./rule.ts";

/** The cluster is made from one profile, a file or a published version; the others are add-on profiles, once each. */
export const oneProfile: Rule = {
  code: "C05",
  *check({ profilesField, profiles, spec, start }) {
    if (profiles.length === 0) {
      if (profilesField?.value === undefined || profilesField.value.kind === "seq") {
        yield {
          severity: "error",
          message: "The cluster has no profile. Name one by file, or by name and version.",
          span: profilesField?.key.span ?? spec?.key.span ?? start,
        };
      }
      return;
    }
    for (const { span, variables, packValues } of profiles.slice(1)) {
      if (variables.length > 0 || packValues.length > 0) {
        yield {
          severity: "error",
          message:
            "An add-on profile has no values for one cluster here. Give them when it is attached to the cluster.",
          span,
        };
      }
    }
    const seen = new Set<string>();
    for (const { span, file, name, version } of profiles) {
      const source = file?.text ?? name?.text ?? "";
      if (source !== "" && seen.has(source)) {
        yield { severity: "error", message: `Profile ${source} is named twice.`, span };
      }
      seen.add(source);
      if (file !== undefined && (name !== undefined || version !== undefined)) {
        yield {
          severity: "error",
          message: "A profile is named by file, or by name and version, not by both.",
          span: file.key.span,
        };
      } else if (file !== undefined) {
        if (file.text === "") {
          yield { severity: "error", message: "file names no profile.", span: file.span };
        }
      } else if (name === undefined && version === undefined) {
        yield {
          severity: "error",
          message: "This profile has neither file nor name and version.",
          span,
        };
      } else if (name === undefined || name.text === "") {
        yield { severity: "error", message: "The published profile has no name.", span: name?.span ?? span };
      } else if (version === undefined || version.text === "") {
        yield {
          severity: "error",
          message: `Profile ${name.text} has no version. Published profiles are named by both.`,
          span: version?.span ?? name.span,
        };
      }
    }
  },
};
