/** Fields of the cluster, as fields.json describes them. */
export interface AwsConfig {
  readonly region: string;
  readonly vpcId?: string;
  readonly subnets?: readonly { readonly id: string }[];
  readonly vpcCidrBlock?: string;
  readonly controlPlaneLoadBalancer?: "Internet-facing" | "internal";
  readonly nodePortCidrs?: readonly string[];
  readonly sshKeyName?: string;
  readonly bastionDisabled?: boolean;
  readonly bastionCidrs?: readonly string[];
  readonly imageLookupOrg?: string;
  readonly imageLookupFormat?: string;
  readonly imageLookupBaseOS?: string;
  readonly additionalTags?: Readonly<Record<string, string>>;
}

/** Fields of a pool. */
export interface AwsPool {
  readonly instanceType: string;
  readonly capacityType?: "on-demand" | "spot";
  readonly spotMarketOptions?: { readonly maxPrice?: string };
  readonly azs?: readonly string[];
  readonly subnets?: readonly { readonly az: string; readonly id: string }[];
  readonly publicIP?: boolean;
  readonly tenancy?: string;
  readonly placementGroupName?: string;
  readonly rootDeviceSize?: number;
  readonly rootVolume?: AwsVolume;
  readonly additionalSecurityGroups?: readonly { readonly id: string }[];
  readonly iamInstanceProfile?: string;
  readonly ami?: string;
  readonly additionalTags?: Readonly<Record<string, string>>;
}

interface AwsVolume {
  readonly type?: string;
  readonly iops?: number;
  readonly throughput?: number;
  readonly encrypted?: boolean;
  readonly encryptionKey?: string;
}
