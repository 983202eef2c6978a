import type { MachinePool } from "../../model.ts";
import type { AzurePool } from "../azure/config.ts";
import { configOf } from "../config.ts";

/** Fields of the cluster, as fields.json describes them. */
export interface AksConfig {
  readonly location: string;
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  readonly skuTier?: string;
  readonly autoUpgradeChannel?: string;
  readonly nodeOSUpgradeChannel?: string;
  readonly apiServerAccessProfile?: {
    readonly enablePrivateCluster?: boolean;
    readonly authorizedIPRanges?: readonly string[];
    readonly enablePrivateClusterPublicFQDN?: boolean;
    readonly privateDNSZone?: string;
  };
  readonly vnetName?: string;
  readonly vnetResourceGroup?: string;
  readonly vnetCidrBlock?: string;
  readonly workerSubnet?: { readonly name: string; readonly cidrBlock?: string };
  readonly outboundType?: string;
  readonly networkPolicy?: string;
  readonly sshKey?: string;
  readonly aadProfile?: {
    readonly managed: boolean;
    readonly adminGroupObjectIDs: readonly string[];
    readonly enableAzureRBAC?: boolean;
  };
  readonly oidcIssuer?: boolean;
  readonly additionalTags?: Readonly<Record<string, string>>;
}

/** Fields of a pool. */
export interface AksPool
  extends Pick<
    AzurePool,
    | "instanceType"
    | "capacityType"
    | "spotMarketOptions"
    | "azs"
    | "publicIP"
    | "encryptionAtHost"
    | "additionalTags"
  > {
  readonly isSystemNodePool?: boolean;
  readonly osSKU?: string;
  readonly maxPods?: number;
  readonly osDisk?: { readonly diskSizeGB?: number; readonly type?: string };
}

/** Whether a pool is a system pool: by its own word, else the first one where no pool says that it is. */
export function isSystemPool(pool: MachinePool, pools: readonly MachinePool[]): boolean {
  const told = (each: MachinePool): boolean | undefined =>
    configOf<AksPool>(each.cloudConfig).isSystemNodePool;
  return told(pool) ?? (pool === pools[0] && !pools.some((each) => told(each) === true));
}
