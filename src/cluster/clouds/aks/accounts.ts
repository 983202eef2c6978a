import { accountLabels, accountSecret } from "../accountSecret.ts";
import type { CloudInput, Identity } from "../cloud.ts";

const UUID = { pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", "x-pattern": "a UUID" };

const LABELS = accountLabels("aks");

/** The secret that Azure Service Operator signs in with, resource by resource. */
export const asoCredential: Identity = {
  apiVersion: "v1",
  kind: "Secret",
  namespaced: true,
  labels: LABELS,
  title: "Azure credential",
  fields: {
    type: "object",
    required: ["subscriptionId", "tenantId", "clientId"],
    additionalProperties: false,
    properties: {
      subscriptionId: {
        type: "string",
        title: "Subscription ID",
        description: "Subscription that clusters are made in.",
        ...UUID,
      },
      tenantId: {
        type: "string",
        title: "Tenant ID",
        description: "Directory that the identity belongs to.",
        ...UUID,
      },
      clientId: {
        type: "string",
        title: "Client ID",
        description: "Application ID of the service principal, or client ID of the identity.",
        ...UUID,
      },
      type: {
        type: "string",
        title: "Signs in with",
        description:
          "A password of a service principal, or the service account of Azure Service Operator, which the identity must trust.",
        enum: ["ServicePrincipal", "WorkloadIdentity"],
        default: "ServicePrincipal",
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
  render: ({ name, namespace, values }) => [
    accountSecret(
      { name, namespace },
      {
        AZURE_SUBSCRIPTION_ID: values.subscriptionId ?? "",
        AZURE_TENANT_ID: values.tenantId ?? "",
        AZURE_CLIENT_ID: values.clientId ?? "",
        ...(values.type === "WorkloadIdentity"
          ? { AUTH_MODE: "workloadidentity" }
          : { AZURE_CLIENT_SECRET: values.clientSecret ?? "" }),
      },
      LABELS,
    ),
  ],
};

/** Annotations of every resource inside: without an account the operator takes its own credential. */
export function credential({ account }: CloudInput): Readonly<Record<string, string>> {
  return account === undefined ? {} : { "serviceoperator.azure.com/credential-from": account.name };
}
