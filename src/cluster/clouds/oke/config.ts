import type { OciPool } from "../oci/config.ts";

/** `cloudConfig` of a request on Oracle Kubernetes Engine, as fields.json has judged it. */
export interface OkeConfig {
  readonly compartmentId: string;
  readonly region?: string;
  readonly clusterType?: string;
  readonly sshKey?: string;
  readonly endpointType?: string;
  readonly vcnCidr?: string;
  readonly subnetCidrs?: Partial<Readonly<Record<SubnetField, string>>>;
  readonly existingNetwork?: {
    readonly vcnId: string;
    readonly controlPlaneEndpointSubnetId: string;
    readonly workerSubnetId: string;
    /** Absent where pods share the subnet of workers, or have addresses of their own overlay. */
    readonly podSubnetId?: string;
    readonly serviceLoadBalancerSubnetId: string;
  };
  readonly addons?: readonly {
    readonly name: string;
    readonly version?: string;
    readonly configurations?: Readonly<Record<string, string>>;
  }[];
  readonly isOpenIdConnectDiscoveryEnabled?: boolean;
  readonly kmsKeyId?: string;
  readonly freeformTags?: Readonly<Record<string, string>>;
}

export type SubnetField =
  | "controlPlaneEndpointSubnet"
  | "workerSubnet"
  | "podSubnet"
  | "serviceLoadBalancerSubnet";

/** `cloudConfig` of a machine pool. */
export interface OkePool
  extends Pick<
    OciPool,
    | "shape"
    | "ocpus"
    | "memoryInGBs"
    | "azs"
    | "capacityReservationId"
    | "bootVolumeSizeInGBs"
    | "kmsKeyId"
    | "isPvEncryptionInTransitEnabled"
    | "imageId"
  > {
  readonly faultDomains?: readonly string[];
  readonly maxPodsPerNode?: number;
  readonly evictionGraceDuration?: string;
  readonly isForceDeleteAfterGraceDuration?: boolean;
}
