/**
 * Cloud types that Palette knows by itself: the API's enum (palette.md Appendix A) and those that packs name
 * besides (2.5). Any other is one of its custom cloud types.
 */
export const CLOUD_TYPES: readonly string[] = [
  "all",
  "aws",
  "azure",
  "gcp",
  "vsphere",
  "maas",
  "nested",
  "baremetal",
  "eks",
  "aks",
  "edge",
  "apache-cloudstack",
  "edge-native",
  "generic",
  "gke",
  "openstack",
  "tencent",
  "tke",
  "libvirt",
  "coxedge",
];

/** Whether a cloud type is one of Palette's custom ones. */
export function isCustomCloud(cloud: string): boolean {
  return !CLOUD_TYPES.includes(cloud);
}
