import type { GcpConfig } from "../gcp/config.ts";

/** `cloudConfig` of a request on GKE, as fields.json has judged it. */
export interface GkeConfig
  extends Pick<
    GcpConfig,
    | "project"
    | "region"
    | "network"
    | "networkProject"
    | "autoCreateSubnetworks"
    | "subnets"
    | "additionalLabels"
  > {
  readonly managedClusterConfig?: { readonly location?: string; readonly enableAutoPilot?: boolean };
  readonly releaseChannel?: string;
  readonly podCidr?: string;
  readonly serviceCidr?: string;
  readonly privateCluster?: Readonly<Record<string, string | boolean>>;
  readonly authorizedNetworks?: readonly { readonly cidrBlock: string; readonly displayName?: string }[];
  readonly workloadIdentity?: boolean;
  readonly googleGroup?: string;
  readonly enableIdentityService?: boolean;
  readonly binaryAuthorization?: string;
  readonly loggingService?: string;
  readonly monitoringService?: string;
  readonly description?: string;
}

/** `cloudConfig` of a machine pool. */
export interface GkePool {
  readonly instanceType?: string;
  readonly azs?: readonly string[];
  readonly imageType?: string;
  readonly maxPodsPerNode?: number;
  readonly autoUpgrade?: boolean;
  readonly autoRepair?: boolean;
  readonly scalingPolicy?: string;
  readonly rootDeviceSize?: number;
  readonly rootDeviceType?: string;
  readonly localSsdCount?: number;
  readonly networkTags?: readonly string[];
  readonly podCidr?: string;
  readonly serviceAccount?: string;
  readonly scopes?: readonly string[];
  readonly secureBoot?: boolean;
  readonly integrityMonitoring?: boolean;
  readonly additionalLabels?: Readonly<Record<string, string>>;
}

/** A region or a zone that the cluster is in. */
export function locationOf({ managedClusterConfig, region }: GkeConfig): string {
  return managedClusterConfig?.location ?? region;
}

/** Zones have a letter at the end: europe-west1-b. */
export function isZone(location: string): boolean {
  return /-[a-z]$/.test(location);
}
