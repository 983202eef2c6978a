import type { Layer } from "../../../profile/model.ts";
import type { CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { OpenStackPool } from "./config.ts";

/**
 * Name or ID of a pool's image. image-builder names images like ubuntu-2404-kube-v1.36.4 (engines.md 3.2); k3s and
 * RKE2 install themselves on a plain system, for example ubuntu-24.04.
 */
export function machineImage(
  { os, kubernetes }: CloudInput,
  { image }: Pick<OpenStackPool, "image">,
): string {
  if (image !== undefined) {
    return image;
  }
  const { name, release } = systemOf(os);
  return kubernetes.distribution === "kubeadm"
    ? `${name}-${release.replaceAll(".", "")}-kube-v${kubernetes.version}`
    : `${name}-${release}`;
}

/** What the pools' images are; pools can name their own. */
export function image(input: CloudInput): ImageLookup {
  const configs = input.request.machinePools.map(({ cloudConfig }) => configOf<OpenStackPool>(cloudConfig));
  const names = configs.map((config) => `image ${machineImage(input, config)}`);
  return { text: [...new Set(names)].join(", "), lookedUp: true };
}

function systemOf(os: Layer | undefined): { readonly name: string; readonly release: string } {
  return { name: os?.name.split("-")[0] ?? "ubuntu", release: os?.version ?? os?.tag ?? "24.04" };
}
