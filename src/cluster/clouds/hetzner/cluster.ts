import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata, present } from "../../machines/objects.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { secretRef } from "./accounts.ts";
import type { HetznerConfig } from "./config.ts";
import { locationsOf, networkZone } from "./locations.ts";
import { placementGroups } from "./placement.ts";

/** HetznerCluster (Cluster API Provider Hetzner 1.1; engines.md Appendix A, hetzner.yaml). */
export function hetznerCluster(input: CloudInput): KubeObject {
  const { request, account } = input;
  const config = configOf<HetznerConfig>(request.cloudConfig);
  const controlPlane = request.machinePools.find((pool) => pool.isControlPlane);
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
    kind: "HetznerCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      controlPlaneRegions:
        controlPlane === undefined ? [config.region] : [...locationsOf(config, controlPlane)],
      ...apiServer(config),
      hcloudNetwork: network(config),
      hcloudPlacementGroups: placementGroups(request.machinePools),
      hetznerSecretRef: secretRef(account),
      sshKeys: { hcloud: (config.sshKeys ?? []).map((name) => ({ name })) },
    },
  };
}

/** A load balancer, or an address that leads to the control plane by itself. */
function apiServer({ controlPlaneEndpoint, loadBalancer = {}, region }: HetznerConfig): object {
  if (controlPlaneEndpoint !== undefined) {
    return {
      controlPlaneEndpoint: { ...controlPlaneEndpoint },
      controlPlaneLoadBalancer: { enabled: false },
    };
  }
  const { type, algorithm, name, port } = loadBalancer;
  return {
    controlPlaneLoadBalancer: { enabled: true, region, ...present({ type, algorithm, name }) },
    // The load balancer listens here and sends to 6443 of the machines; the provider fills in its address.
    ...(port === undefined ? {} : { controlPlaneEndpoint: { host: "", port } }),
  };
}

function network({ network: wanted, region }: HetznerConfig): object {
  if (wanted?.enabled !== true) {
    return { enabled: false };
  }
  const { cidrBlock, subnetCidrBlock } = wanted;
  return { enabled: true, ...present({ cidrBlock, subnetCidrBlock, networkZone: networkZone(region) }) };
}
