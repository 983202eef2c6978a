/** `cloudConfig` of a request on Google Compute Engine, as fields.json has judged it. */
export interface GcpConfig {
  readonly project: string;
  readonly region: string;
  readonly network?: string;
  readonly networkProject?: string;
  readonly autoCreateSubnetworks?: boolean;
  readonly subnets?: readonly Subnet[];
  readonly mtu?: number;
  readonly minPortsPerVm?: number;
  readonly firewallRules?: string;
  readonly loadBalancerType?: string;
  readonly loadBalancerSubnet?: string;
  readonly loadBalancerAccess?: string;
  readonly imageProject?: string;
  readonly additionalLabels?: Readonly<Record<string, string>>;
}

interface Subnet {
  readonly name: string;
  readonly cidrBlock: string;
  readonly privateGoogleAccess?: boolean;
}

/** `cloudConfig` of a machine pool. */
export interface GcpPool {
  readonly instanceType: string;
  readonly azs?: readonly string[];
  readonly provisioningModel?: string;
  readonly guestAccelerators?: readonly { readonly type: string; readonly count: number }[];
  readonly onHostMaintenance?: string;
  readonly confidentialCompute?: string;
  readonly secureBoot?: boolean;
  readonly rootDeviceSize?: number;
  readonly rootDeviceType?: string;
  readonly additionalDisks?: readonly { readonly deviceType: string; readonly size?: number }[];
  readonly subnet?: string;
  readonly publicIP?: boolean;
  readonly additionalNetworkTags?: readonly string[];
  readonly ipForwarding?: string;
  readonly image?: string;
  readonly imageFamily?: string;
  readonly serviceAccount?: string;
  readonly scopes?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly additionalLabels?: Readonly<Record<string, string>>;
}
