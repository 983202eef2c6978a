import { isLabelName } from "../names.ts";
import type { Rule } from "./rule.ts";

/** Hostnames of the machines begin with it and end with about 20 characters of their own. */
const MAX_CLUSTER_NAME = 40;

/** The cluster has a name that objects, cloud resources and hostnames can carry. */
export const nameIsUsable: Rule = {
  code: "C02",
  *check({ name, metadata, start }) {
    if (name === undefined || name.text === "") {
      yield {
        severity: "error",
        message: "The cluster has no name.",
        span: name?.span ?? metadata?.key.span ?? start,
      };
    } else if (!isLabelName(name.text)) {
      yield {
        severity: "error",
        message: `Cluster name ${name.text} needs lower-case letters, digits and hyphens, with a letter or digit at both ends.`,
        span: name.span,
      };
    } else if (name.text.length > MAX_CLUSTER_NAME) {
      yield {
        severity: "error",
        message: `Cluster name ${name.text} has ${name.text.length} characters. ${MAX_CLUSTER_NAME} is the most, since hostnames begin with it.`,
        span: name.span,
      };
    } else if (!/^[a-z]/.test(name.text)) {
      yield {
        severity: "error",
        message: `Cluster name ${name.text} must begin with a letter.`,
        span: name.span,
      };
    }
  },
};
