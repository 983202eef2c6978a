import type { KubeObject } from "../shared/kubernetes.ts";
import type { ImportChoice, Side } from "./model.ts";
import {
  AGENT,
  AGENT_NAMESPACE,
  CLUSTER_UID,
  IMPORT_MODE,
  IMPORTED_BY,
  IMPORTED_BY_UID,
  kubeconfigSecretName,
  RENEWAL_INTERVAL,
  SEEN_AT,
  TOKEN_SECONDS,
  TOKEN_UNTIL,
} from "./names.ts";
import { FULL_RULES, type PolicyRule, READ_RULES } from "./rights.ts";

const RBAC = "rbac.authorization.k8s.io";
const SVELTOS_CLUSTER_API = "lib.projectsveltos.io/v1beta1";

/** One object of an import and where it is written. */
export interface PlannedObject {
  readonly side: Side;
  readonly object: KubeObject;
  /** It may have been there before, and stays when the import is undone or the cluster detached. */
  readonly shared?: true;
}

/** What stands in place of the token until there is one: previews never hold it. */
const PREVIEW: AgentToken = { token: "(a token of palette-agent, valid for 24 hours)", until: undefined };

/** A token of the service account and its end, ISO 8601. */
export interface AgentToken {
  readonly token: string;
  readonly until: string | undefined;
}

/**
 * Everything that an import writes, in the order it is written; undoing goes backwards. `token` is of the service
 * account that the objects before make; without it the preview's placeholder stands there.
 */
export function importObjects(choice: ImportChoice, token: AgentToken = PREVIEW): PlannedObject[] {
  return [
    ...importedSide(choice).map((object): PlannedObject => ({ side: "imported", object })),
    ...(choice.mode === "read-only" ? policyObjects() : []).map(
      (object): PlannedObject => ({ side: "management", object, shared: true }),
    ),
    ...managementSide(choice, token).map((object): PlannedObject => ({ side: "management", object })),
  ];
}

/** Namespace, service account and its rights (engines.md 5). */
function importedSide(choice: ImportChoice): KubeObject[] {
  const { mode, name, namespace, managementCluster, managementUid } = choice;
  const role = roleName(choice);
  const subject = { kind: "ServiceAccount", name: AGENT, namespace: AGENT_NAMESPACE };
  const rules: readonly PolicyRule[] = mode === "full" ? FULL_RULES : READ_RULES;
  return [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: AGENT_NAMESPACE,
        annotations: {
          [IMPORTED_BY]: `${namespace}/${name} at ${managementCluster}`,
          ...(managementUid === undefined ? {} : { [IMPORTED_BY_UID]: managementUid }),
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: AGENT, namespace: AGENT_NAMESPACE },
      // A pod has no use for it.
      automountServiceAccountToken: false,
    },
    { apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name: role }, rules: rules.map(copy) },
    binding(role, role, subject),
    ...(mode === "read-only" ? [binding(`${role}-view`, "view", subject)] : []),
    {
      apiVersion: `${RBAC}/v1`,
      kind: "Role",
      metadata: { name: `${AGENT}-token`, namespace: AGENT_NAMESPACE },
      rules: [
        { apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: [AGENT], verbs: ["create"] },
      ],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "RoleBinding",
      metadata: { name: `${AGENT}-token`, namespace: AGENT_NAMESPACE },
      roleRef: { apiGroup: RBAC, kind: "Role", name: `${AGENT}-token` },
      subjects: [subject],
    },
  ];
}

/** The role of the service account, told apart by mode so that an upgrade to full leaves nothing of read-only. */
function roleName({ mode }: Pick<ImportChoice, "mode">): string {
  return `palette-${mode}`;
}

function binding(name: string, role: string, subject: object): KubeObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: role },
    subjects: [subject],
  };
}

function copy(rule: PolicyRule): object {
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]) => [key, [...(value as readonly string[])]]),
  );
}

/** The Secret with the kubeconfig, and the SveltosCluster that reads it and renews its token. */
function managementSide(choice: ImportChoice, { token, until }: AgentToken): KubeObject[] {
  const { name, namespace, labels, mode, uid, seenAt } = choice;
  const secret = kubeconfigSecretName(name);
  const mark = { [IMPORT_MODE]: mode };
  return [
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: secret, namespace, labels: mark },
      type: "Opaque",
      stringData: { kubeconfig: kubeconfigText(choice, token) },
    },
    {
      apiVersion: SVELTOS_CLUSTER_API,
      kind: "SveltosCluster",
      metadata: {
        name,
        namespace,
        labels: { ...labels, ...mark },
        annotations: {
          [CLUSTER_UID]: uid,
          [SEEN_AT]: seenAt,
          ...(until === undefined ? {} : { [TOKEN_UNTIL]: until }),
        },
      },
      spec: {
        kubeconfigName: secret,
        kubeconfigKeyName: "kubeconfig",
        tokenRequestRenewalOption: {
          renewTokenRequestInterval: RENEWAL_INTERVAL,
          tokenDuration: `${TOKEN_SECONDS / 3600}h0m0s`,
          saNamespace: AGENT_NAMESPACE,
          saName: AGENT,
          kubeconfigKeyName: "kubeconfig",
        },
      },
    },
  ];
}

/**
 * The kubeconfig of the service account: address, authority and token, nothing of the user's own. Written by hand, its
 * texts as JSON, so that whoever previews an import needs no YAML library.
 */
function kubeconfigText(choice: ImportChoice, token: string): string {
  const { server, tlsServerName, proxyUrl, certificateAuthority } = choice;
  const name = JSON.stringify(choice.name);
  const optional = (key: string, value: string | undefined): string =>
    value === undefined ? "" : `      ${key}: ${JSON.stringify(value)}\n`;
  return `apiVersion: v1
kind: Config
current-context: ${name}
clusters:
  - name: ${name}
    cluster:
      server: ${JSON.stringify(server)}
${optional("certificate-authority-data", certificateAuthority && base64(certificateAuthority))}${optional(
  "tls-server-name",
  tlsServerName,
)}${optional("proxy-url", proxyUrl)}users:
  - name: ${AGENT}
    user:
      token: ${JSON.stringify(token)}
contexts:
  - name: ${name}
    context:
      cluster: ${name}
      user: ${AGENT}
      namespace: default
`;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

const POLICY = "palette-onboarding-read-only";

/**
 * Read-only stays read-only whoever writes: the management cluster itself refuses the label of a profile on a cluster
 * imported so (engines.md 5). Written once for all imports.
 */
export function policyObjects(): KubeObject[] {
  return [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: POLICY },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ["lib.projectsveltos.io"],
              apiVersions: ["*"],
              operations: ["CREATE", "UPDATE"],
              resources: ["sveltosclusters"],
            },
          ],
        },
        validations: [
          {
            expression: [
              "!has(object.metadata.labels)",
              `!('${IMPORT_MODE}' in object.metadata.labels)`,
              `object.metadata.labels['${IMPORT_MODE}'] != 'read-only'`,
              "!object.metadata.labels.exists(key, key.startsWith('profile.palette-onboarding/'))",
            ].join(" || "),
            message:
              "The cluster is imported read-only. Upgrade it to full permission before attaching a profile.",
            reason: "Forbidden",
          },
        ],
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: POLICY },
      spec: { policyName: POLICY, validationActions: ["Deny"] },
    },
  ];
}
