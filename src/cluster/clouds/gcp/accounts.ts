import type { AccountRef, Identity } from "../cloud.ts";

/** Secrets with the key of a service account, for GCE and GKE alike. */
const LABELS = { "palette-onboarding/cloud-account": "gcp" } as const;

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
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace, labels: { ...LABELS, "clusterctl.cluster.x-k8s.io/move": "true" } },
      type: "Opaque",
      stringData: { credentials: values.credentials ?? "" },
    },
  ],
};

/** Without an account the provider's own credentials are used. */
export function credentialsRef(account: AccountRef | undefined, namespace: string): object | undefined {
  return account === undefined ? undefined : { name: account.name, namespace };
}
