import type { KubeObject } from "../../../shared/kubernetes.ts";
import { objectMetadata, present } from "../../machines/objects.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { identityRef } from "./accounts.ts";
import { type AzureConfig, type AzureSubnet, NETWORK, ZONES } from "./config.ts";
import { poolZones } from "./machines.ts";

/** AzureCluster of a request. */
export function azureCluster(input: CloudInput): KubeObject {
  const { request, account } = input;
  const config = configOf<AzureConfig>(request.cloudConfig);
  const { apiServerLB = {} } = config.infraLBConfig ?? {};
  return {
    apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1",
    kind: "AzureCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      location: config.location,
      subscriptionID: config.subscriptionId,
      resourceGroup: config.resourceGroup ?? request.name,
      ...identityRef(account, input),
      ...present({
        azureEnvironment: config.azureEnvironment,
        failureDomains: closedZones(input),
        additionalTags: config.additionalTags,
      }),
      networkSpec: {
        vnet: {
          name: config.vnetName ?? `${request.name}-vnet`,
          cidrBlocks: [config.vnetCidrBlock ?? NETWORK.vnet],
          ...present({ resourceGroup: config.vnetResourceGroup }),
        },
        subnets: [
          subnet(config.controlPlaneSubnet, {
            role: "control-plane",
            name: "control-plane-subnet",
            range: NETWORK.controlPlane,
          }),
          subnet(config.workerSubnet, { role: "node", name: "node-subnet", range: NETWORK.workers }),
        ],
        apiServerLB: loadBalancer(config, request.name),
        ...present({
          privateDNSZoneName: apiServerLB.privateDNSName,
          privateDNSZoneResourceGroup: apiServerLB.privateDNSZoneResourceGroup,
        }),
      },
    },
  };
}

function subnet(
  own: AzureSubnet | undefined,
  { role, name, range }: { readonly role: string; readonly name: string; readonly range: string },
): object {
  return {
    name: own?.name ?? name,
    role,
    cidrBlocks: [own?.cidrBlock ?? range],
    ...present({
      securityGroup: own?.securityGroupName === undefined ? undefined : { name: own.securityGroupName },
    }),
  };
}

function loadBalancer({ infraLBConfig }: AzureConfig, cluster: string): object {
  const { type = "Public", apiServerLBStaticIP = NETWORK.apiServer } = infraLBConfig?.apiServerLB ?? {};
  return type === "Public"
    ? { type }
    : { type, frontendIPs: [{ name: `${cluster}-api-server`, privateIP: apiServerLBStaticIP }] };
}

/** Zones that the control plane keeps out of, where its pool names some: the provider would use all. */
function closedZones({ request }: CloudInput): object {
  const pool = request.machinePools.find(({ isControlPlane }) => isControlPlane);
  const zones = pool === undefined ? [] : poolZones(pool);
  return zones.length === 0
    ? {}
    : Object.fromEntries(
        ZONES.filter((zone) => !zones.includes(zone)).map((zone) => [zone, { controlPlane: false }]),
      );
}
