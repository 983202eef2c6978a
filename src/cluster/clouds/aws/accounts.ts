import type { KubeObject } from "../../../shared/kubernetes.ts";
import { accountSecret } from "../accountSecret.ts";
import type { AccountRef, Identity, NewAccount } from "../cloud.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** The provider reads secrets of its identities in its own namespace only (engines.md 3.3). */
const PROVIDER_NAMESPACE = "capa-system";

const ARN = "^arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+$";

/** Moves with `clusterctl move`, as the provider's own webhook would have it. */
const MOVED = { "clusterctl.cluster.x-k8s.io/move-hierarchy": "" };

const accessKey: Identity = {
  apiVersion: API_VERSION,
  kind: "AWSClusterStaticIdentity",
  namespaced: false,
  title: "Access key",
  fields: {
    type: "object",
    required: ["accessKeyId", "secretAccessKey"],
    additionalProperties: false,
    properties: {
      accessKeyId: {
        type: "string",
        title: "Access key ID",
        description: "Of an IAM user with the policies that clusterawsadm makes.",
        pattern: "^[A-Z0-9]{16,128}$",
        "x-pattern": "an access key ID, for example AKIAIOSFODNN7EXAMPLE",
      },
      secretAccessKey: {
        type: "string",
        title: "Secret access key",
        description: "Shown by AWS once, when the key is made.",
        minLength: 1,
        "x-secret": true,
      },
      sessionToken: {
        type: "string",
        title: "Session token",
        description: "Temporary credentials only; clusters can no longer be changed once it has expired.",
        "x-secret": true,
        "x-advanced": true,
      },
    },
  },
  render: ({ name, namespace, values }) => [
    accountSecret(
      { name, namespace: PROVIDER_NAMESPACE },
      {
        AccessKeyID: values.accessKeyId ?? "",
        SecretAccessKey: values.secretAccessKey ?? "",
        ...(values.sessionToken ? { SessionToken: values.sessionToken } : {}),
      },
    ),
    identity("AWSClusterStaticIdentity", name, namespace, { secretRef: name }),
  ],
};

const role: Identity = {
  apiVersion: API_VERSION,
  kind: "AWSClusterRoleIdentity",
  namespaced: false,
  title: "IAM role",
  fields: {
    type: "object",
    required: ["roleARN"],
    additionalProperties: false,
    properties: {
      roleARN: {
        type: "string",
        title: "Role ARN",
        description:
          "Role of the account that clusters are made in. It must trust the identity that assumes it.",
        pattern: ARN,
        "x-pattern": "the ARN of a role, for example arn:aws:iam::123456789012:role/clusters",
      },
      sourceAccount: {
        type: "string",
        title: "Assumed by",
        description:
          "Name of an access key account that assumes the role. Without it the provider's own identity does.",
      },
      externalID: {
        type: "string",
        title: "External ID",
        description: "What the role's account has asked for, where it belongs to somebody else.",
        maxLength: 1224,
        "x-advanced": true,
      },
      sessionName: {
        type: "string",
        title: "Session name",
        description: "How the sessions are called in AWS's audit log.",
        pattern: "^[\\w+=,.@-]{2,64}$",
        "x-pattern": "2 to 64 letters, digits and + = , . @ _ -",
        "x-advanced": true,
      },
    },
  },
  render: ({ name, namespace, values }) => [
    identity("AWSClusterRoleIdentity", name, namespace, {
      roleARN: values.roleARN ?? "",
      ...(values.externalID ? { externalID: values.externalID } : {}),
      ...(values.sessionName ? { sessionName: values.sessionName } : {}),
      sourceIdentityRef: values.sourceAccount
        ? { kind: "AWSClusterStaticIdentity", name: values.sourceAccount }
        : { kind: "AWSClusterControllerIdentity", name: "default" },
    }),
  ],
};

/** The provider takes one such object only, by this name. */
const controller: Identity = {
  apiVersion: API_VERSION,
  kind: "AWSClusterControllerIdentity",
  namespaced: false,
  title: "Identity of the provider itself",
  fields: { type: "object", additionalProperties: false, properties: {} },
  render: ({ namespace }) => [identity("AWSClusterControllerIdentity", "default", namespace, {})],
};

/** Ways to sign in to AWS, for clusters of machines and for EKS. */
export const AWS_IDENTITIES: readonly Identity[] = [accessKey, role, controller];

/** `identityRef` of an infrastructure cluster; without an account the provider signs in by itself. */
export function identityRef(account: AccountRef | undefined): object {
  return account === undefined ? {} : { identityRef: { kind: account.kind, name: account.name } };
}

/** An identity that clusters of one namespace may use. */
function identity(kind: string, name: string, namespace: NewAccount["namespace"], spec: object): KubeObject {
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: { name, labels: MOVED },
    spec: { allowedNamespaces: { list: [namespace] }, ...spec },
  };
}
