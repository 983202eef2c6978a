// Written by scripts/clouds.ts from the folders beside it.

import { cloud as apacheCloudstack } from "./apache-cloudstack/index.ts";
import { cloud as aws } from "./aws/index.ts";
import type { Cloud } from "./cloud.ts";
import { cloud as clusterClass } from "./cluster-class/index.ts";
import { cloud as custom } from "./custom/index.ts";
import { cloud as docker } from "./docker/index.ts";
import { cloud as eks } from "./eks/index.ts";
import { cloud as gcp } from "./gcp/index.ts";
import { cloud as inMemory } from "./in-memory/index.ts";
import { cloud as kubevirt } from "./kubevirt/index.ts";
import { cloud as maas } from "./maas/index.ts";
import { cloud as metal3 } from "./metal3/index.ts";
import { cloud as openstack } from "./openstack/index.ts";
import { cloud as tinkerbell } from "./tinkerbell/index.ts";
import { cloud as vsphere } from "./vsphere/index.ts";

/** Every cloud that clusters can be made on. */
export const CLOUDS: readonly Cloud[] = [
  apacheCloudstack,
  aws,
  clusterClass,
  custom,
  docker,
  eks,
  gcp,
  inMemory,
  kubevirt,
  maas,
  metal3,
  openstack,
  tinkerbell,
  vsphere,
];
