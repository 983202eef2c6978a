import type { KubeObject } from "../../../shared/kubernetes.ts";
import type { Identity } from "../cloud.ts";
import type { FieldSchema } from "../fields.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";
/** Namespace of the provider, where it looks for the secrets of identities. */
const PROVIDER_NAMESPACE = "capv-system";

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
    password: { type: "string", title: "Password", minLength: 1, "x-secret": true },
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
      secret(name, PROVIDER_NAMESPACE, values),
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
    labels: { "palette-onboarding/account": "vsphere" },
    title: "User and password for one cluster",
    fields: FIELDS,
    render: ({ name, namespace, values }) => [
      secret(name, namespace, values, { "palette-onboarding/account": "vsphere" }),
    ],
  },
];

function secret(
  name: string,
  namespace: string,
  { username = "", password = "" }: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> = {},
): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels: { "clusterctl.cluster.x-k8s.io/move": "true", ...labels } },
    type: "Opaque",
    stringData: { username, password },
  };
}
