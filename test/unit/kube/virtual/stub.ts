import type { ManagementCluster } from "../../../../src/kube/management.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";
import { StubManagement } from "../stub.ts";

/** A management cluster, or a host, with what virtual clusters are made of. */
export function stubOf(...objects: readonly KubeObject[]): StubManagement & ManagementCluster {
  const stub = new StubManagement();
  stub.served.push(
    ["v1", "Node", "nodes", "cluster"],
    ["v1", "Pod", "pods"],
    ["v1", "Service", "services"],
    ["cluster.x-k8s.io/v1beta2", "Cluster", "clusters"],
    ["lib.projectsveltos.io/v1beta1", "SveltosCluster", "sveltosclusters"],
    ["config.projectsveltos.io/v1beta1", "ClusterSummary", "clustersummaries"],
  );
  stub.objects = [...objects];
  return stub;
}
