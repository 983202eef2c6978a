import type { Layer } from "../../../profile/model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { GcpConfig, GcpPool } from "./config.ts";

type MachineImage = { readonly image: string } | { readonly imageFamily: string };

/**
 * The image that a pool starts from. No images with kubeadm are public, so the family that image-builder names is
 * looked up in the cluster's project, for example capi-ubuntu-2404-k8s-v1-36 (engines.md 3.2). k3s and RKE2 install
 * themselves on Ubuntu's own images.
 */
export function machineImage(
  { os, kubernetes, request }: CloudInput,
  { image, imageFamily }: Pick<GcpPool, "image" | "imageFamily">,
  architecture: string,
): MachineImage {
  if (image !== undefined) {
    return { image };
  }
  if (imageFamily !== undefined) {
    return { imageFamily };
  }
  const system = systemOf(os);
  if (kubernetes.distribution !== "kubeadm") {
    return { imageFamily: family("ubuntu-os-cloud", `${system}-lts-${architecture}`) };
  }
  const { project, imageProject } = configOf<GcpConfig>(request.cloudConfig);
  const series = kubernetes.version.split(".").slice(0, 2).join("-");
  return { imageFamily: family(imageProject ?? project, `capi-${system}-k8s-v${series}`) };
}

function family(project: string, name: string): string {
  return `projects/${project}/global/images/family/${name}`;
}

/** For example ubuntu-2404: names of resources have no dots. */
function systemOf(os: Layer | undefined): string {
  const name = os?.name.split("-")[0] ?? "ubuntu";
  return `${name}-${(os?.version ?? os?.tag ?? "24.04").replaceAll(/\D/g, "")}`;
}
