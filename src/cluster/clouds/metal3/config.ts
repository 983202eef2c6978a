/** Fields of `fields.json` as types. */
export interface Metal3Config {
  readonly controlPlaneEndpoint: {
    readonly type?: "VIP" | "External";
    readonly host: string;
    readonly interface?: string;
  };
  readonly image: Image;
  readonly sshKeys?: readonly string[];
  readonly ntpServers?: readonly string[];
}

export interface Metal3Pool {
  readonly hostSelector?: {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly object[];
  };
  readonly failureDomain?: string;
  readonly image?: Image;
  readonly network?: {
    readonly interface: string;
    readonly ipPool: string;
    readonly nameservers?: readonly string[];
  };
  readonly automatedCleaningMode?: "metadata" | "disabled";
  readonly nodeReuse?: boolean;
}

interface Image {
  readonly url: string;
  readonly checksum: string;
  readonly checksumType?: string;
  readonly diskFormat?: string;
}
