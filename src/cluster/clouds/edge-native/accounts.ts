import { accountLabels, accountSecret } from "../accountSecret.ts";
import type { Identity } from "../cloud.ts";

const LABELS = accountLabels("edge-native");

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
      // A key without a line end at its end is refused.
      accountSecret({ name, namespace }, { value: `${(values.privateKey ?? "").trim()}\n` }, LABELS),
    ],
  },
];
