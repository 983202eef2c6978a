import { isPaletteError } from "../shared/errors.ts";
import { CLUSTER } from "./kinds.ts";
import type { CallOptions, KindRef, ManagementCluster } from "./management.ts";

/** What a management cluster has, for the clouds that clusters are made on from here. */
export interface ManagementFacts {
  /** Version of its API server without the leading v. */
  readonly version: string;
  /** API version of Cluster API that this product writes; absent where Cluster API is missing or too old. */
  readonly clusterApi: string | undefined;
  /** What a create needs besides and is not there, as `kind (API group/version)`. */
  readonly missing: readonly string[];
}

/** Kinds that the Dev provider and kubeadm bring. */
const NEEDED: readonly KindRef[] = [
  { apiVersion: "controlplane.cluster.x-k8s.io/v1beta2", kind: "KubeadmControlPlane" },
  { apiVersion: "bootstrap.cluster.x-k8s.io/v1beta2", kind: "KubeadmConfigTemplate" },
  { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2", kind: "DevCluster" },
];

/** Looks what a management cluster has. Throws `Unreachable` or `Forbidden`, never for what is missing. */
export async function checkManagement(
  management: ManagementCluster,
  { signal }: CallOptions = {},
): Promise<ManagementFacts> {
  const version = (await management.raw("/version", { signal })) as { gitVersion?: string };
  const present = await Promise.all([CLUSTER, ...NEEDED].map((kind) => isServed(management, kind, signal)));
  return {
    version: (version.gitVersion ?? "").replace(/^v/, ""),
    clusterApi: present[0] === true ? CLUSTER.apiVersion : undefined,
    missing: NEEDED.filter((_, i) => present[i + 1] !== true).map(
      ({ apiVersion, kind }) => `${kind} (${apiVersion})`,
    ),
  };
}

async function isServed(
  management: ManagementCluster,
  { apiVersion, kind }: KindRef,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const { resources = [] } = (await management.raw(`/apis/${apiVersion}`, { signal })) as {
      resources?: { kind?: string }[];
    };
    return resources.some((resource) => resource.kind === kind);
  } catch (error) {
    if (isPaletteError(error, "NotFound")) {
      return false;
    }
    throw error;
  }
}
