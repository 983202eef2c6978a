import { present } from "../../machines/objects.ts";
import { joinName } from "../../names.ts";
import { NETWORK } from "../azure/config.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { credential } from "./accounts.ts";
import type { AksConfig } from "./config.ts";

/** A resource of Azure Service Operator, as the provider's objects hold them. */
export function resource(
  input: CloudInput,
  apiVersion: string,
  kind: string,
  name: string,
  spec: object,
  annotations: Readonly<Record<string, string>> = {},
): object {
  return {
    apiVersion,
    kind,
    metadata: { name, ...present({ annotations: { ...credential(input), ...annotations } }) },
    spec,
  };
}

/** Newest versions of these kinds that the provider's operator serves. */
export const CONTAINER_SERVICE = "containerservice.azure.com/v1api20240901";
const RESOURCES = "resources.azure.com/v1api20200601";
const NETWORKING = "network.azure.com/v1api20201101";

/** Resource group, and virtual network with its subnet where the request asks for one that is not there yet. */
export function infrastructure(input: CloudInput): object[] {
  const { name } = input.request;
  const { location, resourceGroup, additionalTags } = configOf<AksConfig>(input.request.cloudConfig);
  return [
    resource(
      input,
      RESOURCES,
      "ResourceGroup",
      name,
      { ...present({ azureName: resourceGroup, tags: additionalTags }), location },
      // A group that has a name of its own may hold more than this cluster.
      resourceGroup === undefined ? {} : { "serviceoperator.azure.com/reconcile-policy": "detach-on-delete" },
    ),
    ...newNetwork(input),
  ];
}

function newNetwork(input: CloudInput): object[] {
  const { name } = input.request;
  const config = configOf<AksConfig>(input.request.cloudConfig);
  const { location, vnetName, vnetCidrBlock = NETWORK.vnet, workerSubnet, additionalTags } = config;
  if (!hasNetwork(config) || config.vnetResourceGroup !== undefined) {
    return [];
  }
  const network = joinName([name, "vnet"]);
  return [
    resource(input, NETWORKING, "VirtualNetwork", network, {
      azureName: vnetName ?? network,
      location,
      owner: { name },
      addressSpace: { addressPrefixes: [vnetCidrBlock] },
      ...present({ tags: additionalTags }),
    }),
    resource(input, NETWORKING, "VirtualNetworksSubnet", subnetName(name), {
      azureName: workerSubnet?.name ?? "node-subnet",
      owner: { name: network },
      addressPrefix: workerSubnet?.cidrBlock ?? NETWORK.workers,
    }),
  ];
}

function hasNetwork({ vnetName, vnetCidrBlock, workerSubnet }: AksConfig): boolean {
  return vnetName !== undefined || vnetCidrBlock !== undefined || workerSubnet !== undefined;
}

function subnetName(cluster: string): string {
  return joinName([cluster, "node-subnet"]);
}

/** Where pools find their subnet; nothing where AKS makes a network of its own. */
export function subnetReference(input: CloudInput): object | undefined {
  const config = configOf<AksConfig>(input.request.cloudConfig);
  const { subscriptionId, vnetResourceGroup, vnetName, workerSubnet } = config;
  if (!hasNetwork(config)) {
    return undefined;
  }
  return vnetResourceGroup === undefined
    ? { group: "network.azure.com", kind: "VirtualNetworksSubnet", name: subnetName(input.request.name) }
    : {
        armId: `/subscriptions/${subscriptionId}/resourceGroups/${vnetResourceGroup}/providers/Microsoft.Network/virtualNetworks/${vnetName}/subnets/${workerSubnet?.name}`,
      };
}
