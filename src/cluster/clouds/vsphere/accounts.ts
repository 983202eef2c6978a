import { accountLabels, accountSecret } from "../accountSecret.ts";
import type { Identity, NewAccount } from "../cloud.ts";
import type { FieldSchema } from "../fields.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";
/** Namespace of the provider, where it looks for the secrets of identities. */
const PROVIDER_NAMESPACE = "capv-system";

const LABELS = accountLabels("vsphere");

const FIELDS: FieldSchema = {
  type: "object",
  required: ["username", "password"],
  additionalProperties: false,
  properties: {
    username: {
      type: "string",
      title: "User",
      description: "User of vCenter with its domain.",
      minLength: 1,
      examples: ["kubernetes@vsphere.local"],
    },
    password: {
      type: "string",
      title: "Password",
      description: "Password of the user.",
      minLength: 1,
      "x-secret": true,
    },
  },
};

/** The provider gives a plain Secret to the first cluster that uses it, so identities come first. */
export const identities: readonly Identity[] = [
  {
    apiVersion: API_VERSION,
    kind: "VSphereClusterIdentity",
    namespaced: false,
    title: "User and password",
    fields: FIELDS,
    render: ({ name, namespace, values }) => [
      accountSecret({ name, namespace: PROVIDER_NAMESPACE }, login(values)),
      {
        apiVersion: API_VERSION,
        kind: "VSphereClusterIdentity",
        metadata: { name },
        spec: {
          secretName: name,
          allowedNamespaces: { selector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } },
        },
      },
    ],
  },
  {
    apiVersion: "v1",
    kind: "Secret",
    namespaced: true,
    labels: LABELS,
    title: "User and password for one cluster",
    fields: FIELDS,
    render: ({ name, namespace, values }) => [accountSecret({ name, namespace }, login(values), LABELS)],
  },
];

/** The provider reads both by these names. */
function login({ username = "", password = "" }: NewAccount["values"]): Record<string, string> {
  return { username, password };
}
