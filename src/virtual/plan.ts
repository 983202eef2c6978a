import { stringify } from "yaml";
import { VIRTUAL_CLUSTER, VIRTUAL_HOST } from "../cluster/labels.ts";
import { VALUES_KEY } from "../layers/objects.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { VCLUSTER } from "./chart.ts";
import type { ClusterGroup, VirtualClusterRequest, VirtualHost } from "./model.ts";
import { REQUEST_ANNOTATION, virtualName } from "./names.ts";
import { virtualClusterValues } from "./values.ts";

/** How long Helm waits for the virtual cluster's pods. */
const TIMEOUT = "10m0s";

const API_OF = {
  Cluster: "cluster.x-k8s.io/v1beta2",
  SveltosCluster: "lib.projectsveltos.io/v1beta1",
} as const satisfies Record<VirtualHost["kind"], string>;

/**
 * What is written to the management cluster for a virtual cluster: a ConfigMap with the request and the values of
 * vCluster's chart, and the Sveltos Profile that puts the chart on the host. Its kubeconfig comes from the host then.
 */
export function planVirtualCluster(
  request: VirtualClusterRequest,
  host: Pick<VirtualHost, "name" | "kind">,
  group?: ClusterGroup,
): KubeObject[] {
  const { name, namespace } = request;
  const labels = { [VIRTUAL_CLUSTER]: name, [VIRTUAL_HOST]: host.name };
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: virtualName(name),
        namespace,
        labels,
        annotations: { [REQUEST_ANNOTATION]: JSON.stringify(request) },
      },
      data: { [VALUES_KEY]: stringify(virtualClusterValues(request, group)) },
    },
    {
      apiVersion: "config.projectsveltos.io/v1beta1",
      kind: "Profile",
      metadata: { name: virtualName(name), namespace, labels },
      spec: {
        clusterRefs: [{ apiVersion: API_OF[host.kind], kind: host.kind, namespace, name: host.name }],
        syncMode: "Continuous",
        // Deleting it takes the software off the host.
        stopMatchingBehavior: "WithdrawPolicies",
        helmCharts: [chartOf(request)],
      },
    },
  ];
}

function chartOf({ name, chartRepository = VCLUSTER.repository }: VirtualClusterRequest): object {
  return {
    repositoryURL: chartRepository,
    repositoryName: VCLUSTER.name,
    chartName: chartRepository.startsWith("oci://") ? VCLUSTER.name : `${VCLUSTER.name}/${VCLUSTER.name}`,
    chartVersion: VCLUSTER.version,
    releaseName: name,
    releaseNamespace: virtualName(name),
    helmChartAction: "Install",
    valuesFrom: [{ kind: "ConfigMap", name: virtualName(name) }],
    options: { wait: true, timeout: TIMEOUT, installOptions: { createNamespace: true } },
  };
}

/** The request that a ConfigMap of a virtual cluster holds, the host chosen; nothing for any other object. */
export function requestOf({ metadata }: KubeObject): VirtualClusterRequest | undefined {
  const text = metadata.annotations?.[REQUEST_ANNOTATION];
  try {
    return text === undefined ? undefined : (JSON.parse(text) as VirtualClusterRequest);
  } catch {
    return undefined;
  }
}
