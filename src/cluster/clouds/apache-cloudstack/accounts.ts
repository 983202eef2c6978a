import { accountLabels, accountSecret } from "../accountSecret.ts";
import type { Identity } from "../cloud.ts";

const LABELS = accountLabels("apache-cloudstack");

/** The provider reads endpoint and keys from one secret, which each zone names (engines.md 3.3). */
export const identities: readonly Identity[] = [
  {
    apiVersion: "v1",
    kind: "Secret",
    namespaced: true,
    labels: LABELS,
    title: "API key",
    fields: {
      type: "object",
      required: ["apiUrl", "apiKey", "secretKey"],
      additionalProperties: false,
      properties: {
        apiUrl: {
          type: "string",
          format: "uri",
          title: "API endpoint",
          description: "Address of the management server's API.",
          examples: ["https://cloudstack.example.com/client/api"],
        },
        apiKey: { type: "string", title: "API key", description: "API key of a user.", minLength: 1 },
        secretKey: {
          type: "string",
          title: "Secret key",
          description: "Secret key of the same user.",
          minLength: 1,
          "x-secret": true,
        },
        verifySsl: {
          type: "string",
          title: "Check the certificate",
          description: "Only test installations have a certificate that cannot be checked.",
          enum: ["true", "false"],
          default: "true",
          "x-advanced": true,
        },
      },
    },
    render: ({
      name,
      namespace,
      values: { apiUrl = "", apiKey = "", secretKey = "", verifySsl = "true" },
    }) => [
      accountSecret(
        { name, namespace },
        {
          "api-url": apiUrl,
          "api-key": apiKey,
          "secret-key": secretKey,
          "verify-ssl": verifySsl,
        },
        LABELS,
      ),
    ],
  },
];
