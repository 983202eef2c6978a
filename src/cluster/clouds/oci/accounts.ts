import { accountSecret } from "../accountSecret.ts";
import type { CloudInput, Identity } from "../cloud.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";
const KIND = "OCIClusterIdentity";

/** A user with an API signing key, the only way that OCIClusterIdentity knows (engines.md 3.3). */
export const USER_PRINCIPAL: Identity = {
  apiVersion: API_VERSION,
  kind: KIND,
  namespaced: true,
  title: "API signing key of a user",
  fields: {
    type: "object",
    required: ["tenancy", "user", "fingerprint", "key"],
    additionalProperties: false,
    properties: {
      tenancy: {
        type: "string",
        title: "Tenancy",
        description: "OCID of the tenancy.",
        pattern: "^ocid1\\.tenancy\\.",
        "x-pattern": "the OCID of a tenancy, beginning with ocid1.tenancy",
      },
      user: {
        type: "string",
        title: "User",
        description: "OCID of the user that the key is of.",
        pattern: "^ocid1\\.user\\.",
        "x-pattern": "the OCID of a user, beginning with ocid1.user",
      },
      region: {
        type: "string",
        title: "Region",
        description: "Region of clusters that name none.",
        examples: ["eu-frankfurt-1"],
      },
      fingerprint: {
        type: "string",
        title: "Fingerprint",
        description: "Fingerprint of the key as the console shows it.",
        pattern: "^([0-9a-f]{2}:){15}[0-9a-f]{2}$",
        "x-pattern": "16 pairs of hexadecimal digits with colons between them",
      },
      key: {
        type: "string",
        title: "Private key",
        description: "Private key in PEM.",
        format: "multiline",
        minLength: 1,
        "x-secret": true,
      },
      passphrase: {
        type: "string",
        title: "Passphrase",
        description: "Passphrase of the key, where it has one.",
        "x-secret": true,
        "x-advanced": true,
      },
    },
  },
  render: ({ name, namespace, values }) => [
    accountSecret(
      { name, namespace },
      {
        tenancy: values.tenancy ?? "",
        user: values.user ?? "",
        key: values.key ?? "",
        fingerprint: values.fingerprint ?? "",
        ...(values.passphrase ? { passphrase: values.passphrase } : {}),
        ...(values.region ? { region: values.region } : {}),
      },
    ),
    {
      apiVersion: API_VERSION,
      kind: KIND,
      metadata: { name, namespace },
      spec: {
        type: "UserPrincipal",
        principalSecret: { name, namespace },
        allowedNamespaces: { list: [namespace] },
      },
    },
  ],
};

/** `identityRef` of an infrastructure cluster; without an account the provider signs in with its own credentials. */
export function identityRef({ account, request }: CloudInput): object | undefined {
  return account === undefined
    ? undefined
    : { apiVersion: API_VERSION, kind: KIND, name: account.name, namespace: request.namespace };
}
