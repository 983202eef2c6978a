import type { AwsConfig, AwsPool } from "../aws/config.ts";

/** Fields of the cluster, as fields.json describes them; those of the network are AWS's. */
export interface EksConfig
  extends Pick<
    AwsConfig,
    | "region"
    | "vpcId"
    | "subnets"
    | "vpcCidrBlock"
    | "sshKeyName"
    | "bastionDisabled"
    | "bastionCidrs"
    | "additionalTags"
  > {
  readonly secondaryCidrBlock?: string;
  readonly endpointAccess?: {
    readonly public?: boolean;
    readonly private?: boolean;
    readonly publicCIDRs?: readonly string[];
  };
  readonly authenticationMode?: string;
  readonly associateOIDCProvider?: boolean;
  readonly roleName?: string;
  readonly encryptionConfig?: {
    readonly isEnabled?: boolean;
    readonly provider?: string;
    readonly resources?: readonly string[];
  };
  readonly addons?: readonly EksAddon[];
  readonly fargateProfiles?: readonly FargateProfile[];
  readonly logging?: Readonly<Record<string, boolean>>;
  readonly upgradePolicy?: string;
}

interface EksAddon {
  readonly name: string;
  readonly version: string;
  readonly conflictResolution?: string;
  readonly serviceAccountRoleARN?: string;
}

export interface FargateProfile {
  readonly name: string;
  readonly selectors: readonly {
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly subnetIds?: readonly string[];
  readonly additionalTags?: Readonly<Record<string, string>>;
}

/** Fields of a pool. */
export interface EksPool
  extends Pick<
    AwsPool,
    "instanceType" | "capacityType" | "azs" | "subnets" | "rootDeviceSize" | "additionalTags"
  > {
  readonly amiType?: string;
  readonly amiVersion?: string;
  readonly nodeRepair?: boolean;
  readonly roleName?: string;
}
