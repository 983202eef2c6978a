import type { HostConfig } from "../../machines/host.ts";

/** Fields of `fields.json` as types. */
export interface Metal3Config extends HostConfig {
  readonly image: Image;
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
