import { accountLabels, accountSecret } from "../accountSecret.ts";
import type { AccountRef, Identity } from "../cloud.ts";

const LABELS = accountLabels("hetzner");

/** Key and name of the secret in the provider's own template. */
const TOKEN_KEY = "hcloud";
const USUAL_NAME = "hcloud";

/** The token of a Hetzner project (engines.md 3.3). */
export const API_TOKEN: Identity = {
  apiVersion: "v1",
  kind: "Secret",
  namespaced: true,
  labels: LABELS,
  title: "API token",
  fields: {
    type: "object",
    required: ["token"],
    additionalProperties: false,
    properties: {
      token: {
        type: "string",
        title: "API token",
        description:
          "Token of the Hetzner project that may read and write. The cluster gets it, too, for its cloud controller.",
        pattern: "^[A-Za-z0-9]{64}$",
        "x-pattern": "64 letters and digits",
        "x-secret": true,
      },
    },
  },
  render: ({ name, namespace, values }) => [
    accountSecret({ name, namespace }, { [TOKEN_KEY]: values.token ?? "" }, LABELS),
  ],
};

/** `hetznerSecretRef` of a HetznerCluster. */
export function secretRef(account: AccountRef | undefined): object {
  return { name: account?.name ?? USUAL_NAME, key: { hcloudToken: TOKEN_KEY } };
}
