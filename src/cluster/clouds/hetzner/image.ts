import type { Layer } from "../../../profile/model.ts";
import type { CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { HetznerPool } from "./config.ts";

/** Name of a pool's image: one of Hetzner's own by the operating system layer, or an own snapshot (engines.md 3.2). */
export function machineImage({ os }: CloudInput, { imageName }: HetznerPool): string {
  return imageName ?? systemImage(os);
}

/** What the pools' images are, and what is installed on them. */
export function image(input: CloudInput): ImageLookup {
  const { distribution, version } = input.kubernetes;
  const texts = input.request.machinePools.map(({ cloudConfig }) => {
    const config = configOf<HetznerPool>(cloudConfig);
    const name = `image ${machineImage(input, config)}`;
    return distribution === "kubeadm" && config.imageHasKubernetes !== true
      ? `${name}, with Kubernetes ${version} installed when a machine starts`
      : name;
  });
  return { text: [...new Set(texts)].join(", "), lookedUp: true };
}

function systemImage(os: Layer | undefined): string {
  return `${os?.name.split("-")[0] ?? "ubuntu"}-${os?.version ?? os?.tag ?? "24.04"}`;
}
