import type { KubeObject } from "../../../shared/kubernetes.ts";
import { accountLabels, accountSecret } from "../accountSecret.ts";
import type { CloudInput, Identity, NewAccount } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { FieldSchema } from "../fields.ts";
import type { OpenStackConfig } from "./config.ts";

const LABELS = accountLabels("openstack");

const FIELDS: FieldSchema = {
  type: "object",
  required: ["cloudsYaml"],
  additionalProperties: false,
  properties: {
    cloudsYaml: {
      type: "string",
      title: "clouds.yaml",
      description:
        "The file that OpenStack's dashboard offers for an application credential. Requests name one of its clouds.",
      format: "multiline",
      minLength: 1,
      "x-secret": true,
    },
    cacert: {
      type: "string",
      title: "CA certificate",
      description:
        "Certificate in PEM of the authority that OpenStack's addresses are signed by, where it is a private one.",
      format: "multiline",
      "x-advanced": true,
    },
  },
};

const inNamespace: Identity = {
  apiVersion: "v1",
  kind: "Secret",
  namespaced: true,
  labels: LABELS,
  title: "clouds.yaml",
  fields: FIELDS,
  render: (account) => [secret(account, LABELS)],
};

const forNamespaces: Identity = {
  apiVersion: "infrastructure.cluster.x-k8s.io/v1alpha1",
  kind: "OpenStackClusterIdentity",
  namespaced: false,
  title: "clouds.yaml by a name of the whole management cluster",
  fields: FIELDS,
  render: (account) => [
    secret(account),
    {
      apiVersion: "infrastructure.cluster.x-k8s.io/v1alpha1",
      kind: "OpenStackClusterIdentity",
      metadata: { name: account.name },
      spec: {
        secretRef: { name: account.name, namespace: account.namespace },
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": account.namespace } },
      },
    },
  ],
};

/** Both ways to keep a clouds.yaml (engines.md 3.3), the plain secret first. */
export const OPENSTACK_IDENTITIES: readonly Identity[] = [inNamespace, forNamespaces];

/** `identityRef` of an OpenStackCluster. Without an account the name that clusterctl's template gives the secret. */
export function identityRef({ account, request }: CloudInput): object {
  const { cloudName = "openstack", region } = configOf<OpenStackConfig>(request.cloudConfig);
  return {
    ...(account?.kind === "OpenStackClusterIdentity" ? { type: "ClusterIdentity" } : {}),
    name: account?.name ?? `${request.name}-cloud-config`,
    cloudName,
    ...(region === undefined ? {} : { region }),
  };
}

function secret(
  { name, namespace, values }: NewAccount,
  labels: Readonly<Record<string, string>> = {},
): KubeObject {
  return accountSecret(
    { name, namespace },
    {
      "clouds.yaml": values.cloudsYaml ?? "",
      ...(values.cacert ? { cacert: values.cacert } : {}),
    },
    labels,
  );
}
