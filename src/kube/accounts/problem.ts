import type { Identity } from "../../cluster/clouds/cloud.ts";
import { isPaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { secretOf } from "./secretOf.ts";

/** Identities that no namespace may use where they do not say which may. */
const CLOSED_BY_DEFAULT = /^(?:AWSCluster\w+|AzureCluster|OCICluster|VSphereCluster)Identity$/;

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
  readonly reason?: string;
}

interface AllowedNamespaces {
  readonly list?: readonly string[] | null;
  readonly selector?: {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly unknown[];
  } | null;
}

/**
 * Why clusters of a namespace cannot use an account, as far as the management cluster knows: what its own
 * conditions say, a secret that is not there, namespaces that it is not for. Whole sentences.
 */
export async function accountProblem(
  management: ManagementCluster,
  identity: Identity,
  object: KubeObject,
  namespace: string,
  options: CallOptions,
): Promise<string | undefined> {
  if (object.metadata.deletionTimestamp !== undefined) {
    return "It is being deleted.";
  }
  const { conditions = [] } = (object.status ?? {}) as { conditions?: readonly Condition[] };
  const failed = conditions.find(({ status }) => status === "False");
  if (failed !== undefined) {
    return `${failed.type} is False: ${failed.message ?? failed.reason ?? "it does not say why"}`;
  }
  if (!(await isFor(management, object, namespace, options))) {
    return `It is not for clusters of namespace ${namespace}.`;
  }
  const secret = secretOf(identity, object);
  if (secret !== undefined && !(await exists(management, secret, options))) {
    return `Its Secret ${secret.name} in ${secret.namespace} does not exist.`;
  }
  return undefined;
}

async function isFor(
  management: ManagementCluster,
  { kind, spec }: KubeObject,
  namespace: string,
  options: CallOptions,
): Promise<boolean> {
  const { allowedNamespaces: allowed } = (spec ?? {}) as { allowedNamespaces?: AllowedNamespaces | null };
  if (allowed === undefined || allowed === null) {
    return !CLOSED_BY_DEFAULT.test(kind);
  }
  const list = allowed.list ?? [];
  const { matchLabels = {}, matchExpressions = [] } = allowed.selector ?? {};
  const wanted = Object.entries(matchLabels);
  if ((list.length === 0 && wanted.length === 0) || list.includes(namespace) || matchExpressions.length > 0) {
    // Expressions are the provider's to judge.
    return true;
  }
  if (wanted.length === 0) {
    return false;
  }
  const labels = await labelsOf(management, namespace, options);
  return labels === undefined || wanted.every(([key, value]) => labels[key] === value);
}

/** Nothing where they may not be read. */
async function labelsOf(
  management: ManagementCluster,
  namespace: string,
  options: CallOptions,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const found = await management.get(
      { apiVersion: "v1", kind: "Namespace", name: namespace },
      { ...options, metadataOnly: true },
    );
    return found?.metadata.labels ?? {};
  } catch (error) {
    return ignoreForbidden(error);
  }
}

/** Whether a secret is there, by its name only; true where that may not be asked. */
async function exists(
  management: ManagementCluster,
  ref: Parameters<ManagementCluster["get"]>[0],
  options: CallOptions,
): Promise<boolean> {
  try {
    return (await management.get(ref, { ...options, metadataOnly: true })) !== undefined;
  } catch (error) {
    ignoreForbidden(error);
    return true;
  }
}

function ignoreForbidden(error: unknown): undefined {
  if (!isPaletteError(error, "Forbidden")) {
    throw error;
  }
  return undefined;
}
