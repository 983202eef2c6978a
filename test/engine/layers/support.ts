import { readFile } from "node:fs/promises";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import type { Engines } from "../engines.ts";

export async function applyAll(cluster: ManagementCluster, objects: readonly KubeObject[]): Promise<void> {
  for (const object of objects) {
    await cluster.apply(object);
  }
}

/** Registers the second cluster of the sandbox with Sveltos, as an import does. */
export async function register(
  management: ManagementCluster,
  engines: Engines,
  { namespace, name, labels = {} }: { namespace: string; name: string; labels?: Record<string, string> },
): Promise<void> {
  const kubeconfig = await readFile(engines.status.workload?.kubeconfig ?? "", "utf8");
  await applyAll(management, [
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: `${name}-sveltos-kubeconfig`, namespace },
      stringData: { kubeconfig },
    },
    {
      apiVersion: "lib.projectsveltos.io/v1beta1",
      kind: "SveltosCluster",
      metadata: { name, namespace, labels },
      spec: { kubeconfigName: `${name}-sveltos-kubeconfig`, kubeconfigKeyName: "kubeconfig" },
    },
  ]);
  await engines.kubectl(
    "patch",
    "sveltoscluster",
    name,
    `--namespace=${namespace}`,
    "--subresource=status",
    "--type=merge",
    '--patch={"status":{"ready":true,"connectionStatus":"Healthy","version":"v1.36.3"}}',
  );
}

interface FeatureSummary {
  readonly featureID: string;
  readonly status: string;
  readonly failureMessage?: string;
}

/** What Sveltos says of each layer object on a cluster: `Provisioned`, or what it is at. */
export async function summaries(
  management: ManagementCluster,
  namespace: string,
): Promise<Map<string, readonly FeatureSummary[]>> {
  const items = await management.list(
    { apiVersion: "config.projectsveltos.io/v1beta1", kind: "ClusterSummary" },
    { namespace },
  );
  return new Map(
    items.map((item) => {
      const owner = (item.metadata.ownerReferences as { name: string }[] | undefined)?.[0]?.name ?? "";
      const status = item.status as { featureSummaries?: FeatureSummary[] } | undefined;
      return [owner, status?.featureSummaries ?? []];
    }),
  );
}

/** Waits until `done` holds, looking twice a second; throws what `say` tells after two minutes. */
export async function until(
  done: () => Promise<boolean>,
  say: () => Promise<string>,
  seconds = 120,
): Promise<void> {
  for (let i = 0; i < seconds * 2; i++) {
    if (await done()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(await say());
}

export function isReady(features: readonly FeatureSummary[] | undefined): boolean {
  return (
    features !== undefined && features.length > 0 && features.every(({ status }) => status === "Provisioned")
  );
}
