import type { Identity } from "../cloud.ts";

const LABELS = { "palette-onboarding/account": "edge-native" };

/** A private key that hosts let in (engines.md 3.3). */
export const identities: readonly Identity[] = [
  {
    apiVersion: "v1",
    kind: "Secret",
    namespaced: true,
    labels: LABELS,
    title: "SSH key",
    fields: {
      type: "object",
      required: ["privateKey"],
      additionalProperties: false,
      properties: {
        privateKey: {
          type: "string",
          format: "multiline",
          title: "Private key",
          description: "Private key in PEM or OpenSSH format, without a passphrase.",
          minLength: 1,
          "x-secret": true,
        },
      },
    },
    render: ({ name, namespace, values }) => [
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace, labels: { "clusterctl.cluster.x-k8s.io/move": "true", ...LABELS } },
        type: "Opaque",
        // A key without a line end at its end is refused.
        stringData: { value: `${(values.privateKey ?? "").trim()}\n` },
      },
    ],
  },
];
