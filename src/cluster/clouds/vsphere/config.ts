/** Fields of `fields.json` as types. */
export interface VsphereConfig {
  readonly server: string;
  readonly thumbprint?: string;
  readonly placement: Placement;
  readonly controlPlaneEndpoint: {
    readonly type?: "VIP" | "External" | "DDNS";
    readonly host: string;
    readonly ddnsSearchDomain?: string;
    readonly interface?: string;
  };
  readonly staticIp?: boolean;
  readonly sshKeys?: readonly string[];
  readonly ntpServers?: readonly string[];
  readonly template?: string;
  readonly regionTagCategory?: string;
  readonly zoneTagCategory?: string;
}

export interface VspherePool {
  readonly instanceType: { readonly numCPUs: number; readonly memoryMiB: number; readonly diskGiB: number };
  readonly placements?: readonly Partial<Placement>[];
  readonly numCoresPerSocket?: number;
  readonly cloneMode?: "fullClone" | "linkedClone";
  readonly snapshot?: string;
  readonly hardwareVersion?: string;
  readonly powerOffMode?: string;
  readonly additionalDisksGiB?: readonly number[];
  readonly tagIDs?: readonly string[];
}

/** Palette's `v1VspherePlacementConfigEntity` with the tags that make it a zone. */
export interface Placement {
  readonly datacenter: string;
  readonly folder?: string;
  readonly cluster: string;
  readonly datastore: string;
  readonly resourcePool?: string;
  readonly network: {
    readonly networkName: string;
    readonly parentPool?: string;
    readonly parentPoolKind?: "InClusterIPPool" | "GlobalInClusterIPPool";
    readonly nameservers?: readonly string[];
  };
  readonly imageTemplateFolder?: string;
  readonly storagePolicyName?: string;
  readonly zone?: string;
  readonly region?: string;
}

/** Where a pool's machines run: its own placements over the cluster's. */
export function placementsOf({ placement }: VsphereConfig, { placements = [] }: VspherePool): Placement[] {
  const own = placements.length === 0 ? [{}] : placements;
  return own.map((each: Partial<Placement>) => ({
    ...placement,
    ...each,
    network: { ...placement.network, ...each.network },
  }));
}
