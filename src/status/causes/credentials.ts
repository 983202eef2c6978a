import type { KnownCause } from "./cause.ts";
import { errorLike, extract, stopped } from "./words.ts";

const EXPIRED = /expired|AADSTS7000222|RequestExpired/i;
const REFUSED =
  /\bAuthFailure\b|InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|RequestExpired|UnrecognizedClient|NoCredentialProviders|failed to (?:retrieve|refresh) (?:cached )?credentials|AADSTS\d+|invalid_client|invalid_grant|cannot fetch token|could not find default credentials|Cannot complete login|incorrect user ?name or password|NotAuthenticated\b|requires authentication|Authentication failed|unable to (?:authenticate|verify user credentials)|invalid (?:api )?(?:token|credentials)|unauthori[sz]ed\b(?!Operation)|HTTP 401|status ?code:? 401/i;
const FORBIDDEN =
  /UnauthorizedOperation|AccessDenied|not authori[sz]ed to perform|AuthorizationFailed|does not have (?:authorization|permission)|Permission to perform this operation was denied|Required '[\w.]+' permission|insufficient authentication scopes|NotAuthorizedOrNotFound|\bForbidden\b|status ?code:? 403(?!.*quota)/i;
const QUOTA = /quota|limit/i;

/** The account is refused, or may not do what is needed. */
export const credentials: KnownCause = {
  id: "credentials",
  find(facts) {
    const refused = errorLike(facts, REFUSED);
    const forbidden = facts.errors.find(
      ({ condition: { message } }) => FORBIDDEN.test(message) && !QUOTA.test(message),
    );
    const cause = refused ?? forbidden;
    if (cause === undefined) {
      return undefined;
    }
    const what = stopped(cause, facts);
    const permission = extract(cause.condition.message, [
      /action '([^']+)'/,
      /Required '([^']+)'/,
      /perform:? '?(\w+:[\w*]+)/,
    ]);
    if (refused === undefined) {
      return {
        headline: `${what}: the cloud account may not do that${permission === undefined ? "" : ` (${permission})`}`,
        health: "bad",
        cause,
        todo: [
          {
            text:
              permission === undefined
                ? "Give the account the permission that the message names."
                : `Give the account the permission ${permission}.`,
          },
          { text: "Or use another cloud account for this cluster." },
        ],
      };
    }
    const expired = EXPIRED.test(cause.condition.message);
    return {
      headline: `${what}: ${expired ? "the credentials of the cloud account are expired" : "the cloud account is refused"}`,
      health: "bad",
      cause,
      todo: [
        {
          text: "Write new credentials into the Secret of the cloud account. Its clusters go on with them by themselves.",
        },
        { text: "Then check that the account is enabled and that the management cluster's clock is right." },
      ],
    };
  },
};
