import { isPaletteError } from "../../shared/errors.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import type { Finding } from "./finding.ts";
import type { ServedKind } from "./served.ts";

/** What creating does with every object, and besides with the Cluster, which it undoes by deleting that. */
const VERBS = ["get", "create", "patch"] as const;
const CLUSTER_VERBS = ["list", "watch", "delete"] as const;

/** Asks the API server whether this user may write each kind of a request (SelfSubjectAccessReview). */
export async function checkPermissions(
  management: ManagementCluster,
  kinds: readonly ServedKind[],
  namespace: string,
  options: CallOptions,
): Promise<Finding> {
  const title = "Permissions";
  const refused = await Promise.all(
    kinds.map(async (kind) => {
      const verbs = kind.kind === "Cluster" ? [...VERBS, ...CLUSTER_VERBS] : VERBS;
      const answers = await Promise.all(verbs.map((verb) => may(management, verb, kind, namespace, options)));
      const missing = verbs.filter((_, i) => answers[i] === false);
      return missing.length === 0 ? [] : [{ kind, missing }];
    }),
  );
  const all = refused.flat();
  const user = await userName(management, options);
  if (all.length === 0) {
    return {
      title,
      state: "ok",
      message: `${user} may create all ${kinds.length} kinds of a request in namespace ${namespace}.`,
    };
  }
  const what = all.map(
    ({ kind: { resource, group }, missing }) =>
      `${missing.join(", ")} ${group === "" ? resource : `${resource}.${group}`}`,
  );
  return {
    title,
    state: "forbidden",
    message: `${user} may not in namespace ${namespace}: ${what.join("; ")}.`,
    next: `Ask whoever runs ${management.name} for these permissions.`,
  };
}

/** Whether this user may do something with a kind. */
async function may(
  management: ManagementCluster,
  verb: string,
  { group, resource, namespaced }: ServedKind,
  namespace: string,
  options: CallOptions,
): Promise<boolean> {
  const review = await management.create(
    {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      metadata: { name: "" },
      spec: { resourceAttributes: { verb, group, resource, ...(namespaced ? { namespace } : {}) } },
    },
    options,
  );
  return (review.status as { allowed?: boolean } | undefined)?.allowed === true;
}

async function userName(management: ManagementCluster, options: CallOptions): Promise<string> {
  try {
    const review = await management.create(
      { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview", metadata: { name: "" } },
      options,
    );
    const { userInfo } = (review.status ?? {}) as { userInfo?: { username?: string } };
    return userInfo?.username === undefined ? "This user" : `User ${userInfo.username}`;
  } catch (error) {
    if (isPaletteError(error, "Cancelled") || isPaletteError(error, "Unreachable")) {
      throw error;
    }
    return "This user";
  }
}
