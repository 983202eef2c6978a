/** `cloudConfig` of a request on OpenStack, as fields.json has judged it. */
export interface OpenStackConfig {
  readonly cloudName?: string;
  readonly region?: string;
  readonly externalNetwork?: string;
  readonly disableExternalNetwork?: boolean;
  readonly nodeCidr?: string;
  readonly dnsServers?: readonly string[];
  readonly allocationPools?: readonly { readonly start: string; readonly end: string }[];
  readonly network?: string;
  readonly subnet?: string;
  readonly router?: string;
  readonly networkMTU?: number;
  readonly managedSecurityGroups?: boolean;
  readonly disablePortSecurity?: boolean;
  readonly apiServerLoadBalancer?: boolean;
  readonly loadBalancerProvider?: string;
  readonly loadBalancerFlavor?: string;
  readonly allowedCidrs?: readonly string[];
  readonly apiServerFloatingIP?: string;
  readonly disableAPIServerFloatingIP?: boolean;
  readonly apiServerFixedIP?: string;
  readonly apiServerPort?: number;
  readonly sshKeyName?: string;
  readonly bastion?: Bastion;
  readonly tags?: readonly string[];
}

interface Bastion {
  readonly flavor: string;
  readonly image: string;
  readonly floatingIP?: string;
  readonly availabilityZone?: string;
}

/** `cloudConfig` of a machine pool. */
export interface OpenStackPool {
  readonly flavor: string;
  readonly azs?: readonly string[];
  readonly serverGroup?: string;
  readonly rootDeviceSize?: number;
  readonly rootDeviceType?: string;
  readonly additionalBlockDevices?: readonly {
    readonly name: string;
    readonly size: number;
    readonly type?: string;
  }[];
  readonly image?: string;
  readonly configDrive?: boolean;
  readonly securityGroups?: readonly string[];
  readonly trunk?: boolean;
  readonly serverMetadata?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
}
