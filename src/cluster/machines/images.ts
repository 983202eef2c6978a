import type { Layer } from "../../profile/model.ts";
import type { CloudInput } from "../clouds/cloud.ts";

/** An operating system as names of images have it, for example ubuntu and 24.04. */
export interface OperatingSystem {
  readonly name: string;
  readonly version: string;
}

const KNOWN = /^(ubuntu|rhel|centos|rocky|debian|flatcar|photon)/;
const RELEASE = /^\d+(?:\.\d+)?$/;
const DEFAULT: OperatingSystem = { name: "ubuntu", version: "24.04" };

/**
 * What the operating system layer says. Ubuntu 24.04, which all providers' images start from, where it says nothing:
 * with a system of one's own the request names the image.
 */
export function operatingSystem(layer: Layer | undefined): OperatingSystem {
  const name = KNOWN.exec(layer?.name ?? "")?.[1];
  const version = [layer?.tag, layer?.version].find((each) => RELEASE.test(each ?? ""));
  return name === undefined || version === undefined ? DEFAULT : { name, version };
}

/**
 * Name of a machine image as image-builder gives it (engines.md 3.2): Kubernetes is part of images for kubeadm; k3s
 * and RKE2 download it at boot, so their machines start from the plain system.
 */
export function imageName({ os, kubernetes }: CloudInput): string {
  const { name, version } = operatingSystem(os);
  const system = `${name}-${version.replace(".", "")}`;
  return kubernetes.distribution === "kubeadm" ? `${system}-kube-v${kubernetes.version}` : system;
}
