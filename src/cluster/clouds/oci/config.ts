/** `cloudConfig` of a request on Oracle Cloud Infrastructure, as fields.json has judged it. */
export interface OciConfig {
  readonly compartmentId: string;
  readonly region?: string;
  readonly imageId: string;
  readonly sshKey?: string;
  readonly loadBalancerType?: string;
  readonly vcnCidr?: string;
  readonly subnetCidrs?: Partial<Readonly<Record<SubnetField, string>>>;
  readonly existingNetwork?: { readonly vcnId: string } & Readonly<Record<`${SubnetField}Id`, string>>;
  readonly freeformTags?: Readonly<Record<string, string>>;
}

export type SubnetField =
  | "controlPlaneEndpointSubnet"
  | "controlPlaneSubnet"
  | "workerSubnet"
  | "serviceLoadBalancerSubnet";

/** `cloudConfig` of a machine pool. */
export interface OciPool {
  readonly shape: string;
  readonly ocpus?: number;
  readonly memoryInGBs?: number;
  readonly azs?: readonly string[];
  readonly preemptible?: boolean;
  readonly capacityReservationId?: string;
  readonly dedicatedVmHostId?: string;
  readonly bootVolumeSizeInGBs?: number;
  readonly bootVolumeVpusPerGB?: number;
  readonly kmsKeyId?: string;
  readonly isPvEncryptionInTransitEnabled?: boolean;
  readonly imageId?: string;
  readonly subnetId?: string;
  readonly nsgIds?: readonly string[];
  readonly assignPublicIp?: boolean;
  readonly freeformTags?: Readonly<Record<string, string>>;
}
