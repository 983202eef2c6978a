import { accountSecret } from "../accountSecret.ts";
import type { AccountRef, CloudInput, Identity } from "../cloud.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

const UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

/** The provider reads the password of a service principal from this key (engines.md 3.3). */
const SECRET_KEY = "clientSecret";

/** Azure's ways to sign in, all in one kind of object (engines.md 3.3). */
export const azureIdentity: Identity = {
  apiVersion: API_VERSION,
  kind: "AzureClusterIdentity",
  namespaced: true,
  title: "Azure identity",
  fields: {
    type: "object",
    required: ["type", "tenantId", "clientId"],
    additionalProperties: false,
    properties: {
      type: {
        type: "string",
        title: "Signs in with",
        description:
          "A password of a service principal; the provider's own service account, which the identity must trust; or the identity of the management cluster's machines.",
        enum: ["ServicePrincipal", "WorkloadIdentity", "UserAssignedMSI"],
        default: "ServicePrincipal",
      },
      tenantId: {
        type: "string",
        title: "Tenant ID",
        description: "Directory that the identity belongs to.",
        pattern: UUID,
        "x-pattern": "a UUID",
      },
      clientId: {
        type: "string",
        title: "Client ID",
        description: "Application ID of the service principal, or client ID of the identity.",
        pattern: UUID,
        "x-pattern": "a UUID",
      },
      clientSecret: {
        type: "string",
        title: "Client secret",
        description: "Password of the service principal. It expires: note when.",
        minLength: 1,
        "x-secret": true,
        "x-when": { field: "type", in: ["ServicePrincipal"] },
      },
    },
  },
  render: ({ name, namespace, values }) => {
    const type = values.type ?? "ServicePrincipal";
    const withSecret = type === "ServicePrincipal";
    return [
      ...(withSecret
        ? [accountSecret({ name, namespace }, { [SECRET_KEY]: values.clientSecret ?? "" })]
        : []),
      {
        apiVersion: API_VERSION,
        kind: "AzureClusterIdentity",
        metadata: { name, namespace, labels: { "clusterctl.cluster.x-k8s.io/move-hierarchy": "true" } },
        spec: {
          type,
          tenantID: values.tenantId ?? "",
          clientID: values.clientId ?? "",
          ...(withSecret ? { clientSecret: { name, namespace } } : {}),
          allowedNamespaces: { list: [namespace] },
        },
      },
    ];
  },
};

/** `identityRef` of an AzureCluster. */
export function identityRef(account: AccountRef | undefined, { request }: CloudInput): object {
  return account === undefined
    ? {}
    : {
        identityRef: {
          apiVersion: API_VERSION,
          kind: account.kind,
          name: account.name,
          namespace: request.namespace,
        },
      };
}
