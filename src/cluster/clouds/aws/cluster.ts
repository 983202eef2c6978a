import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata, present } from "../../machines/objects.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { identityRef } from "./accounts.ts";
import type { AwsConfig, AwsPool } from "./config.ts";
import { cniRules, RKE2_JOIN_RULES } from "./firewall.ts";
import { poolZones } from "./machines.ts";
import { vpcNetwork } from "./network.ts";

/** AWSCluster of a request. */
export function awsCluster(input: CloudInput): KubeObject {
  const { request, kubernetes, account } = input;
  const config = configOf<AwsConfig>(request.cloudConfig);
  // The provider takes the first private subnet of a zone, so those of the control plane come first.
  const pools = [...request.machinePools].sort((a, b) => Number(b.isControlPlane) - Number(a.isControlPlane));
  const subnetIds = [
    ...pools.flatMap((pool) => configOf<AwsPool>(pool.cloudConfig).subnets ?? []),
    ...(config.subnets ?? []),
  ].map(({ id }) => id);
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2",
    kind: "AWSCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      region: config.region,
      sshKeyName: config.sshKeyName ?? "",
      ...identityRef(account),
      network: {
        ...vpcNetwork(request.name, { ...config, subnetIds, zones: pools.flatMap(poolZones) }),
        cni: cniRules(kubernetes.network),
        ...(kubernetes.distribution === "rke2" ? RKE2_JOIN_RULES : {}),
        ...present({ nodePortIngressRuleCidrBlocks: config.nodePortCidrs }),
      },
      controlPlaneLoadBalancer: {
        loadBalancerType: "nlb",
        scheme: config.controlPlaneLoadBalancer === "internal" ? "internal" : "internet-facing",
        healthCheckProtocol: "HTTPS",
      },
      ...bastion(config),
      ...present({ additionalTags: config.additionalTags }),
    },
  };
}

/** A bastion host, where one is asked for; the provider makes none by itself. */
export function bastion({ bastionDisabled, bastionCidrs }: AwsConfig): object {
  return bastionDisabled === false
    ? { bastion: { enabled: true, ...present({ allowedCIDRBlocks: bastionCidrs }) } }
    : {};
}
