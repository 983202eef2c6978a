import type { ImportMode } from "./model.ts";

/** One rule of a ClusterRole. */
export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

const READ = ["get", "list", "watch"] as const;

/**
 * What read-only adds to Kubernetes' own role `view`, which has no Secrets: what is not in a namespace (engines.md 5).
 */
export const READ_RULES: readonly PolicyRule[] = [
  { apiGroups: [""], resources: ["nodes", "namespaces", "persistentvolumes"], verbs: READ },
  {
    apiGroups: ["storage.k8s.io"],
    resources: ["storageclasses", "csidrivers", "csinodes", "volumeattachments"],
    verbs: READ,
  },
  { apiGroups: ["networking.k8s.io"], resources: ["ingressclasses"], verbs: READ },
  { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: READ },
  { apiGroups: ["apiregistration.k8s.io"], resources: ["apiservices"], verbs: READ },
  { apiGroups: ["metrics.k8s.io"], resources: ["nodes", "pods"], verbs: READ },
  { nonResourceURLs: ["/healthz", "/livez", "/readyz", "/version"], verbs: ["get"] },
];

/** Full permission: add-ons bring any kind, and roles of their own that only an owner may give. */
export const FULL_RULES: readonly PolicyRule[] = [
  { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
  { nonResourceURLs: ["*"], verbs: ["*"] },
];

/** A right that the user needs on the cluster to import it. */
export interface NeededRight {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
}

/** What whoever imports must be allowed on the cluster; giving full permission needs full permission. */
export function neededRights(mode: ImportMode, namespace: string): NeededRight[] {
  const rbac = "rbac.authorization.k8s.io";
  const create = (group: string, resource: string, place?: string): NeededRight => ({
    verb: "create",
    group,
    resource,
    ...(place === undefined ? {} : { namespace: place }),
  });
  return [
    create("", "namespaces"),
    create("", "serviceaccounts", namespace),
    { ...create("", "serviceaccounts", namespace), subresource: "token" },
    create(rbac, "clusterroles"),
    create(rbac, "clusterrolebindings"),
    create(rbac, "roles", namespace),
    create(rbac, "rolebindings", namespace),
    ...(mode === "full" ? [{ verb: "*", group: "*", resource: "*" }] : []),
  ];
}

/** A right in words, for example `create clusterroles.rbac.authorization.k8s.io`. */
export function rightName({ verb, group, resource, subresource, namespace }: NeededRight): string {
  if (verb === "*") {
    return "do everything (cluster-admin)";
  }
  const what = `${resource}${group === "" ? "" : `.${group}`}${subresource === undefined ? "" : `/${subresource}`}`;
  return `${verb} ${what}${namespace === undefined ? "" : ` in ${namespace}`}`;
}
