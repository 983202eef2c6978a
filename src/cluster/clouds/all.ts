// Written by scripts/clouds.ts from the folders beside it.

import { cloud as aks } from "./aks/index.ts";
import { cloud as apacheCloudstack } from "./apache-cloudstack/index.ts";
import { cloud as aws } from "./aws/index.ts";
import { cloud as azure } from "./azure/index.ts";
import type { Cloud } from "./cloud.ts";
import { cloud as clusterClass } from "./cluster-class/index.ts";
import { cloud as custom } from "./custom/index.ts";
import { cloud as docker } from "./docker/index.ts";
import { cloud as edgeNative } from "./edge-native/index.ts";
import { cloud as eks } from "./eks/index.ts";
import { cloud as gcp } from "./gcp/index.ts";
import { cloud as gke } from "./gke/index.ts";
import { cloud as hetzner } from "./hetzner/index.ts";
import { cloud as inMemory } from "./in-memory/index.ts";
import { cloud as kubevirt } from "./kubevirt/index.ts";
import { cloud as maas } from "./maas/index.ts";
import { cloud as metal3 } from "./metal3/index.ts";
import { cloud as oci } from "./oci/index.ts";
import { cloud as oke } from "./oke/index.ts";
import { cloud as openstack } from "./openstack/index.ts";
import { cloud as tinkerbell } from "./tinkerbell/index.ts";
import { cloud as vsphere } from "./vsphere/index.ts";

/** Every cloud that clusters can be made on. */
export const CLOUDS: readonly Cloud[] = [
  aks,
  apacheCloudstack,
  aws,
  azure,
  clusterClass,
  custom,
  docker,
  edgeNative,
  eks,
  gcp,
  gke,
  hetzner,
  inMemory,
  kubevirt,
  maas,
  metal3,
  oci,
  oke,
  openstack,
  tinkerbell,
  vsphere,
];
