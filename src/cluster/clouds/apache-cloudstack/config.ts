/** Fields of `fields.json` as types. */
export interface CloudStackConfig {
  readonly zones: readonly Zone[];
  readonly controlPlaneEndpoint?: string;
  readonly sshKeyName?: string;
  readonly project?: { readonly name: string };
  readonly domain?: string;
  readonly account?: string;
  readonly syncWithCKS?: boolean;
}

interface Zone extends Resource {
  readonly network: Resource & {
    readonly type?: "Isolated" | "Shared";
    readonly gateway?: string;
    readonly netmask?: string;
    readonly offering?: string;
    readonly routingMode?: string;
    readonly vpc?: Resource & { readonly cidr?: string; readonly offering?: string };
  };
}

export interface CloudStackPool {
  readonly offering: Resource;
  readonly template?: Resource;
  readonly networks?: readonly Resource[];
  readonly diskOffering?: {
    readonly name: string;
    readonly customSizeInGB?: number;
    readonly mountPath: string;
    readonly device?: string;
    readonly filesystem?: string;
    readonly label?: string;
  };
  readonly affinity?: "no" | "pro" | "anti";
  readonly affinityGroupIDs?: readonly string[];
  readonly details?: Readonly<Record<string, string>>;
}

/** Palette's `v1CloudStackResource`. */
interface Resource {
  readonly name?: string;
  readonly id?: string;
}

/** Whether a zone's network has no router that would balance the API server. */
export function isShared({ network }: Zone): boolean {
  return network.type === "Shared";
}
