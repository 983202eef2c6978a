import { PaletteError } from "../../shared/errors.ts";
import { mapOf } from "../../shared/records.ts";
import type { VirtualHost } from "../../virtual/index.ts";
import { ApiClient } from "../client.ts";
import { CLUSTER, SECRET, SVELTOS_CLUSTER } from "../kinds.ts";
import { contextOfText } from "../kubeconfig.ts";
import type { CallOptions, ClusterRef, KindRef, ManagementCluster } from "../management.ts";
import { kubeconfigOf } from "../objects.ts";
import { SignIn } from "../signIn.ts";
import { Transport } from "../transport.ts";

/** A cluster that virtual clusters live on, of either kind. */
export type HostRef = ClusterRef & Pick<VirtualHost, "kind">;

export const HOST_KINDS: Readonly<Record<VirtualHost["kind"], KindRef>> = {
  Cluster: CLUSTER,
  SveltosCluster: SVELTOS_CLUSTER,
};

/** Where a host stands on the management cluster; `undefined` where it is gone. */
export async function findHost(
  management: ManagementCluster,
  ref: ClusterRef,
  options: CallOptions,
): Promise<HostRef | undefined> {
  for (const kind of ["Cluster", "SveltosCluster"] as const) {
    const found = await management.get({ ...HOST_KINDS[kind], ...ref }, { ...options, metadataOnly: true });
    if (found !== undefined) {
      return { ...ref, kind };
    }
  }
  return undefined;
}

/**
 * Runs `work` with a connection to a host by the kubeconfig that the management cluster has of it. Throws `NotFound`
 * where there is none, `InvalidDocument` where it names what is not in it, and what the connection throws.
 */
export async function withHost<T>(
  management: ManagementCluster,
  host: HostRef,
  options: CallOptions,
  work: (cluster: ManagementCluster) => Promise<T>,
): Promise<T> {
  const text =
    host.kind === "Cluster"
      ? await kubeconfigOf(management, { namespace: host.namespace, name: host.name }, options)
      : await registeredKubeconfig(management, host, options);
  const settings = {
    ...contextOfText(`of ${host.name} in ${host.namespace}`, text),
    context: host.name,
  };
  const signIn = new SignIn(settings, { allowExec: async () => false });
  const cluster = new ApiClient(new Transport(settings, signIn), settings);
  try {
    return await work(cluster);
  } finally {
    cluster.close();
  }
}

/** The kubeconfig by which Sveltos reaches a cluster. It is a credential. Throws `NotFound` where there is none. */
export async function registeredKubeconfig(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  options: CallOptions,
): Promise<string> {
  const cluster = await management.get({ ...SVELTOS_CLUSTER, namespace, name }, options);
  const { kubeconfigName = `${name}-sveltos-kubeconfig`, kubeconfigKeyName } = mapOf(cluster?.spec) as {
    kubeconfigName?: string;
    kubeconfigKeyName?: string;
  };
  const secret = await management.get({ ...SECRET, namespace, name: kubeconfigName }, options);
  const data = mapOf(secret?.data) as Readonly<Record<string, string>>;
  const value = data[kubeconfigKeyName ?? Object.keys(data)[0] ?? ""];
  if (value === undefined) {
    throw new PaletteError("NotFound", `${management.name} has no kubeconfig of cluster ${name}`, {
      next: `Look at Secret ${kubeconfigName} in ${namespace}.`,
    });
  }
  return Buffer.from(value, "base64").toString("utf8");
}
