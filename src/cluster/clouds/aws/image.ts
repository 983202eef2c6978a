import { present } from "../../machines/objects.ts";
import type { CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { AwsConfig, AwsPool } from "./config.ts";

/** Published images of Cluster API (engines.md 3.2). */
const PUBLISHED = {
  org: "819546954734",
  format: "capa-ami-{{.BaseOS}}-?{{.K8sVersion}}-*",
  baseOS: "ubuntu-24.04",
};

/** Canonical's images: k3s and RKE2 install themselves on a plain system. */
const PLAIN_UBUNTU = {
  org: "099720109477",
  format: "ubuntu/images/hvm-ssd*/ubuntu-*-{{.BaseOS}}-*-server-*",
  baseOS: "24.04",
};

interface Lookup {
  readonly org: string;
  readonly format: string;
  readonly baseOS: string;
}

/** How the image of a pool is searched for: what the request says, else what the layers lead to. */
function lookup(input: CloudInput): Lookup {
  const { imageLookupOrg, imageLookupFormat, imageLookupBaseOS } = configOf<AwsConfig>(
    input.request.cloudConfig,
  );
  const published = input.kubernetes.distribution === "kubeadm" ? PUBLISHED : PLAIN_UBUNTU;
  return {
    org: imageLookupOrg ?? published.org,
    format: imageLookupFormat ?? published.format,
    baseOS: imageLookupBaseOS ?? baseOS(input) ?? published.baseOS,
  };
}

/**
 * The operating system as names of images have it. One that has no published images keeps its own name, so that
 * none is found, rather than another system.
 */
function baseOS({ os, kubernetes }: CloudInput): string | undefined {
  const version = /^\d+(\.\d+)?/.exec(os?.version ?? os?.tag ?? "")?.[0];
  if (os === undefined || version === undefined) {
    return undefined;
  }
  if (!os.name.includes("ubuntu")) {
    return `${os.name}-${version.replace(/\..*$/, "")}`;
  }
  return kubernetes.distribution === "kubeadm" ? `ubuntu-${version}` : version;
}

/** Fields of an AWSMachineTemplate that decide its image. */
export function imageFields(input: CloudInput, { ami }: AwsPool): object {
  if (ami !== undefined) {
    return { ami: { id: ami } };
  }
  const { org, format, baseOS } = lookup(input);
  return present({ imageLookupOrg: org, imageLookupFormat: format, imageLookupBaseOS: baseOS });
}

/** What the pools' images are, before they are looked up. */
export function image(input: CloudInput): ImageLookup {
  const named = input.request.machinePools.map(({ cloudConfig }) => configOf<AwsPool>(cloudConfig).ami);
  const { org, format, baseOS } = lookup(input);
  const name = format
    .replace(/\{\{\s*\.BaseOS\s*\}\}/g, baseOS)
    .replace(/\{\{\s*\.K8sVersion\s*\}\}/g, input.kubernetes.version);
  const texts = named.map((ami) => (ami === undefined ? `AMI ${name} of account ${org}` : `AMI ${ami}`));
  return { text: [...new Set(texts)].join(", "), lookedUp: named.includes(undefined) };
}
