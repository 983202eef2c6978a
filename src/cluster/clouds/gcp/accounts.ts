import { accountLabels, accountSecret } from "../accountSecret.ts";
import type { AccountRef, Identity } from "../cloud.ts";

const LABELS = accountLabels("gcp");

/** The key of a service account, for GCE and GKE alike (engines.md 3.3). */
export const SERVICE_ACCOUNT: Identity = {
  apiVersion: "v1",
  kind: "Secret",
  namespaced: true,
  labels: LABELS,
  title: "Service account key",
  fields: {
    type: "object",
    required: ["credentials"],
    additionalProperties: false,
    properties: {
      credentials: {
        type: "string",
        title: "Key file",
        description:
          "JSON key of a service account that may manage Compute Engine, and Kubernetes Engine for GKE clusters.",
        format: "multiline",
        minLength: 1,
        "x-secret": true,
      },
    },
  },
  render: ({ name, namespace, values }) => [
    accountSecret({ name, namespace }, { credentials: values.credentials ?? "" }, LABELS),
  ],
};

/** Without an account the provider's own credentials are used. */
export function credentialsRef(account: AccountRef | undefined, namespace: string): object | undefined {
  return account === undefined ? undefined : { name: account.name, namespace };
}
