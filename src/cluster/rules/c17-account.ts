import { isSubdomainName } from "../../shared/names.ts";
import { accountOf, cloudOf } from "../clouds/index.ts";
import type { Rule } from "./rule.ts";

/** The account is NAME or KIND/NAME, of a kind that the cloud has (engines.md 3.3). */
export const accountIsNamed: Rule = {
  code: "C17",
  *check({ cloudAccount, cloudType }) {
    const cloud = cloudOf(cloudType?.text ?? "");
    if (cloud === undefined || cloudAccount === undefined || cloudAccount.text === "") {
      return;
    }
    const account = accountOf(cloud, cloudAccount.text);
    if (account === undefined) {
      yield {
        severity: "warning",
        message: `${cloud.title} has no cloud accounts. cloudAccount has no effect.`,
        span: cloudAccount.key.span,
      };
      return;
    }
    const kinds = cloud.identities.map(({ kind }) => kind);
    if (!kinds.includes(account.kind)) {
      yield {
        severity: "error",
        message: `Accounts of ${cloud.title} are of kind ${kinds.join(" or ")}, not ${account.kind || "none"}.`,
        span: cloudAccount.span,
      };
    } else if (!isSubdomainName(account.name)) {
      yield {
        severity: "error",
        message: `${account.name || "An empty text"} cannot be the name of an account: lower case letters, digits, hyphens and dots.`,
        span: cloudAccount.span,
      };
    }
  },
};
