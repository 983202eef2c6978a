import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata, present } from "../../machines/objects.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { credentialsRef } from "./accounts.ts";
import type { GcpConfig, GcpPool } from "./config.ts";
import { networkSpec } from "./network.ts";

/**
 * GCPCluster (Cluster API Provider GCP 1.12). Control plane machines spread over its failure domains; the network's
 * own firewall rules let machines of the cluster talk by every protocol, whatever the network layer.
 */
export function gcpCluster(input: CloudInput): KubeObject {
  const { request, account } = input;
  const config = configOf<GcpConfig>(request.cloudConfig);
  const controlPlane = request.machinePools.find((pool) => pool.isControlPlane);
  const zones = controlPlane === undefined ? [] : (configOf<GcpPool>(controlPlane.cloudConfig).azs ?? []);
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
    kind: "GCPCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      project: config.project,
      region: config.region,
      ...present({
        credentialsRef: credentialsRef(account, request.namespace),
        failureDomains: zones,
        network: {
          ...networkSpec(request.name, config),
          ...present({
            mtu: config.mtu,
            minPortsPerVm: config.minPortsPerVm,
            firewall: present({ defaultRulesManagement: config.firewallRules }),
          }),
        },
        loadBalancer: loadBalancer(config),
        additionalLabels: config.additionalLabels,
      }),
    },
  };
}

function loadBalancer({ loadBalancerType, loadBalancerSubnet, loadBalancerAccess }: GcpConfig): object {
  const internal = loadBalancerType === "Internal" || loadBalancerType === "InternalExternal";
  return present({
    loadBalancerType,
    internalLoadBalancer: internal
      ? present({ subnet: loadBalancerSubnet, internalAccess: loadBalancerAccess })
      : undefined,
  });
}
