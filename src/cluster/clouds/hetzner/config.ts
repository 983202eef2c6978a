/** `cloudConfig` of a request on Hetzner Cloud, as fields.json has judged it. */
export interface HetznerConfig {
  readonly region: string;
  readonly sshKeys?: readonly string[];
  readonly network?: {
    readonly enabled?: boolean;
    readonly cidrBlock?: string;
    readonly subnetCidrBlock?: string;
  };
  readonly loadBalancer?: {
    readonly type?: string;
    readonly algorithm?: string;
    readonly port?: number;
    readonly name?: string;
  };
  readonly controlPlaneEndpoint?: { readonly host: string; readonly port: number };
}

/** `cloudConfig` of a machine pool. */
export interface HetznerPool {
  readonly instanceType: string;
  readonly azs?: readonly string[];
  readonly placementGroupName?: string;
  readonly imageName?: string;
  readonly imageHasKubernetes?: boolean;
  readonly publicNetwork?: { readonly enableIPv4?: boolean; readonly enableIPv6?: boolean };
  readonly sshKeys?: readonly string[];
}
