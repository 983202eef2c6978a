import type { AccountRef, Identity } from "../cloud.ts";

/** Tells accounts from other secrets. */
const LABELS = { "palette-onboarding/cloud-account": "hetzner" } as const;

/** Key and name of the secret in the provider's own template. */
const TOKEN_KEY = "hcloud";
const USUAL_NAME = "hcloud";

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
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace, labels: { ...LABELS, "clusterctl.cluster.x-k8s.io/move": "true" } },
      type: "Opaque",
      stringData: { [TOKEN_KEY]: values.token ?? "" },
    },
  ],
};

/** `hetznerSecretRef` of a HetznerCluster. */
export function secretRef(account: AccountRef | undefined): object {
  return { name: account?.name ?? USUAL_NAME, key: { hcloudToken: TOKEN_KEY } };
}
