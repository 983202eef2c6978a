/** Fields of the cluster, as fields.json describes them. */
export interface AzureConfig {
  readonly location: string;
  readonly subscriptionId: string;
  readonly resourceGroup?: string;
  readonly azureEnvironment?: string;
  readonly infraLBConfig?: {
    readonly apiServerLB?: {
      readonly type?: "Public" | "Internal";
      readonly apiServerLBStaticIP?: string;
      readonly privateDNSName?: string;
      readonly privateDNSZoneResourceGroup?: string;
    };
  };
  readonly vnetName?: string;
  readonly vnetResourceGroup?: string;
  readonly vnetCidrBlock?: string;
  readonly controlPlaneSubnet?: AzureSubnet;
  readonly workerSubnet?: AzureSubnet;
  readonly sshKey?: string;
  readonly imageGallery?: AzureGallery;
  readonly additionalTags?: Readonly<Record<string, string>>;
}

export interface AzureSubnet {
  readonly name: string;
  readonly cidrBlock: string;
  readonly securityGroupName?: string;
}

interface AzureGallery {
  readonly gallery: string;
  readonly name: string;
  readonly version?: string;
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
}

/** Fields of a pool. */
export interface AzurePool {
  readonly instanceType: string;
  readonly capacityType?: "on-demand" | "spot";
  readonly spotMarketOptions?: { readonly maxPrice?: string };
  readonly azs?: readonly string[];
  readonly publicIP?: boolean;
  readonly osDisk?: {
    readonly diskSizeGB?: number;
    readonly managedDisk?: { readonly storageAccountType?: string };
  };
  readonly dataDisks?: readonly {
    readonly nameSuffix: string;
    readonly diskSizeGB: number;
    readonly storageAccountType?: string;
  }[];
  readonly encryptionAtHost?: boolean;
  readonly userAssignedIdentities?: readonly string[];
  readonly imageId?: string;
  readonly additionalTags?: Readonly<Record<string, string>>;
}

/** Zones of regions that have some, as Azure numbers them. */
export const ZONES = ["1", "2", "3"];

/**
 * What the network is where nothing is written: the provider's own subnets, in a network that is small enough not to
 * overlap with the usual service range as the provider's 10.0.0.0/8 does.
 */
export const NETWORK = {
  vnet: "10.0.0.0/15",
  controlPlane: "10.0.0.0/16",
  workers: "10.1.0.0/16",
  apiServer: "10.0.0.100",
};
