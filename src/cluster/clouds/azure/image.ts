import { present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { AzureConfig, AzurePool } from "./config.ts";

/** Cluster API's community gallery (engines.md 3.2). */
const COMMUNITY = "ClusterAPI-f72ceb4f-5159-4c26-a0fe-2ea738f0d019";

/** What Canonical calls its images, by release. */
const CANONICAL: Readonly<
  Record<string, { readonly offer: string; readonly amd64: string; readonly arm64: string }>
> = {
  "24.04": { offer: "ubuntu-24_04-lts", amd64: "server", arm64: "server-arm64" },
  "22.04": { offer: "0001-com-ubuntu-server-jammy", amd64: "22_04-lts-gen2", arm64: "22_04-lts-arm64" },
};
const NEWEST = "24.04";

/** `image` of an AzureMachineTemplate: what the request names, else what the layers lead to. */
export function imageOfPool(input: CloudInput, { cloudConfig, architecture }: MachinePool): object {
  const { imageId } = configOf<AzurePool>(cloudConfig);
  const { imageGallery: own } = configOf<AzureConfig>(input.request.cloudConfig);
  if (imageId !== undefined) {
    return { id: imageId };
  }
  if (own !== undefined) {
    const { gallery, name, version, subscriptionId, resourceGroup } = own;
    return {
      computeGallery: {
        gallery,
        name,
        version: version ?? input.kubernetes.version,
        ...present({ subscriptionID: subscriptionId, resourceGroup }),
      },
    };
  }
  if (input.kubernetes.distribution === "kubeadm") {
    return {
      computeGallery: { gallery: COMMUNITY, name: galleryName(input), version: input.kubernetes.version },
    };
  }
  // k3s and RKE2 install themselves on a plain system.
  const canonical = CANONICAL[releaseOf(input.os)] ?? CANONICAL[NEWEST];
  return {
    marketplace: {
      publisher: "Canonical",
      offer: canonical?.offer,
      sku: canonical?.[architecture],
      version: "latest",
      thirdPartyImage: false,
    },
  };
}

/**
 * What the gallery calls an operating system. One that it does not have keeps its own name, so that none is found,
 * rather than another system.
 */
function galleryName({ os }: CloudInput): string {
  const release = releaseOf(os);
  return `capi-${os === undefined || os.name.includes("ubuntu") ? "ubun2" : os.name}-${release.replaceAll(".", "")}`;
}

function releaseOf(os: CloudInput["os"]): string {
  return /^\d+(\.\d+)?/.exec(os?.version ?? os?.tag ?? "")?.[0] ?? NEWEST;
}

interface Image {
  readonly id?: string;
  readonly computeGallery?: { readonly gallery: string; readonly name: string; readonly version: string };
  readonly marketplace?: { readonly offer: string; readonly sku: string };
}

/** What the pools' images are, before they are looked up. */
export function image(input: CloudInput): ImageLookup {
  const images = input.request.machinePools.map((pool) => imageOfPool(input, pool) as Image);
  const texts = images.map(({ id, computeGallery, marketplace }) =>
    computeGallery === undefined
      ? (id ?? `Canonical ${marketplace?.offer}, ${marketplace?.sku}, latest`)
      : `${computeGallery.gallery}/${computeGallery.name}/${computeGallery.version}`,
  );
  return { text: [...new Set(texts)].join(", "), lookedUp: images.some(({ id }) => id === undefined) };
}
