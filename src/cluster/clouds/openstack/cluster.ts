import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata, present } from "../../machines/objects.ts";
import type { ClusterRequest } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { identityRef } from "./accounts.ts";
import type { OpenStackConfig, OpenStackPool } from "./config.ts";
import { maybeReference, reference } from "./reference.ts";
import { securityGroups } from "./securityGroups.ts";

const DEFAULT_NODE_RANGE = "10.6.0.0/24";

/** OpenStackCluster (Cluster API Provider OpenStack 0.14; engines.md Appendix A, openstack.yaml). */
export function openStackCluster(input: CloudInput): KubeObject {
  const { request, kubernetes } = input;
  const config = configOf<OpenStackConfig>(request.cloudConfig);
  const controlPlane = request.machinePools.find((pool) => pool.isControlPlane);
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
    kind: "OpenStackCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      identityRef: identityRef(input),
      ...network(config),
      ...(managesSecurityGroups(request) ? { managedSecurityGroups: securityGroups(kubernetes) } : {}),
      ...apiServer(config),
      ...present({
        controlPlaneAvailabilityZones:
          controlPlane === undefined ? undefined : configOf<OpenStackPool>(controlPlane.cloudConfig).azs,
        bastion: bastion(config),
        tags: config.tags,
      }),
    },
  };
}

/** Whether the provider makes the security groups of a cluster. */
export function managesSecurityGroups({ cloudConfig }: ClusterRequest): boolean {
  const config = configOf<OpenStackConfig>(cloudConfig);
  return config.managedSecurityGroups !== false && config.disablePortSecurity !== true;
}

/** A subnet of its own, or a network that exists. */
function network(config: OpenStackConfig): object {
  const { disableExternalNetwork, dnsServers, allocationPools = [], disablePortSecurity } = config;
  const place =
    config.network === undefined
      ? {
          managedSubnets: [
            {
              cidr: config.nodeCidr ?? DEFAULT_NODE_RANGE,
              ...present({
                dnsNameservers: dnsServers,
                allocationPools: allocationPools.map(({ start, end }) => ({ start, end })),
              }),
            },
          ],
        }
      : {
          network: reference(config.network),
          ...(config.subnet === undefined ? {} : { subnets: [reference(config.subnet)] }),
        };
  return {
    ...place,
    ...present({
      externalNetwork: maybeReference(config.externalNetwork),
      disableExternalNetwork,
      router: maybeReference(config.router),
      networkMTU: config.networkMTU,
      disablePortSecurity,
    }),
  };
}

/** Without an external network there is no floating address either, which the provider wants said. */
function apiServer(config: OpenStackConfig): object {
  const balanced = config.apiServerLoadBalancer !== false;
  return present({
    apiServerLoadBalancer: balanced
      ? {
          enabled: true,
          ...present({
            provider: config.loadBalancerProvider,
            flavor: config.loadBalancerFlavor,
            allowedCIDRs: config.allowedCidrs,
          }),
        }
      : undefined,
    apiServerFloatingIP: config.apiServerFloatingIP,
    disableAPIServerFloatingIP:
      config.disableExternalNetwork === true ? true : config.disableAPIServerFloatingIP,
    apiServerFixedIP: config.apiServerFixedIP,
    apiServerPort: config.apiServerPort,
  });
}

function bastion({ bastion: wanted, sshKeyName }: OpenStackConfig): object | undefined {
  if (wanted === undefined) {
    return undefined;
  }
  const { flavor, image, floatingIP, availabilityZone } = wanted;
  return {
    enabled: true,
    spec: { flavor, image: reference(image), sshKeyName: sshKeyName ?? "" },
    ...present({ floatingIP, availabilityZone }),
  };
}
