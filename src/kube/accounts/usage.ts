import type { Cloud } from "../../cluster/clouds/cloud.ts";
import { isPaletteError } from "../../shared/errors.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { CLUSTER_NAME_LABEL } from "../objects.ts";
import type { CloudAccount } from "./list.ts";

/** Names of fields below which providers refer to accounts. */
const REFERS = /identity|secret|credential|endpoint/i;

/** Names of the clusters whose infrastructure refers to an account, as `namespace/name`. */
export async function clustersUsing(
  management: ManagementCluster,
  cloud: Cloud,
  account: CloudAccount,
  options: CallOptions,
): Promise<string[]> {
  const kinds = cloud.provider.kinds.filter(({ kind }) => /(?:Cluster|ControlPlane)$/.test(kind));
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      try {
        return await management.list(kind, { ...options, namespace: account.namespace });
      } catch (error) {
        if (isPaletteError(error, "Prerequisite")) {
          return [];
        }
        throw error;
      }
    }),
  );
  const users = lists
    .flat()
    .filter(({ spec }) => refersTo(spec, account, false))
    .map(
      ({ metadata: { name, namespace = "", labels } }) =>
        `${namespace}/${labels?.[CLUSTER_NAME_LABEL] ?? name}`,
    );
  return [...new Set(users)].sort();
}

function refersTo(value: unknown, account: CloudAccount, below: boolean): boolean {
  if (Array.isArray(value)) {
    return value.some((item) => refersTo(item, account, below));
  }
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const { kind, name } = value as { kind?: unknown; name?: unknown };
  if (below && name === account.name && (kind === undefined || kind === account.kind)) {
    return true;
  }
  return Object.entries(value).some(([key, each]) => {
    const isReference = REFERS.test(key);
    return (isReference && each === account.name) || refersTo(each, account, below || isReference);
  });
}
