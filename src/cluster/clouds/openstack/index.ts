import { machineCluster } from "../../machines/index.ts";
import type { Cloud } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { OPENSTACK_IDENTITIES } from "./accounts.ts";
import { checkOpenStack } from "./check.ts";
import { managesSecurityGroups, openStackCluster } from "./cluster.ts";
import type { OpenStackPool } from "./config.ts";
import fields from "./fields.json" with { type: "json" };
import { image } from "./image.ts";
import { nodeSettings, openStackMachineTemplate } from "./machines.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

/** Clusters of OpenStack servers (engines.md 3 and Appendix A, openstack.yaml and k3s-openstack.yaml). */
export const cloud: Cloud = {
  id: "openstack",
  title: "OpenStack",
  fields: cloudFields(fields),
  provider: {
    name: "openstack",
    title: "Cluster API Provider OpenStack",
    version: "0.14.7",
    kinds: [
      { apiVersion: API_VERSION, kind: "OpenStackCluster" },
      { apiVersion: API_VERSION, kind: "OpenStackMachineTemplate" },
    ],
  },
  identities: OPENSTACK_IDENTITIES,
  distributions: ["kubeadm", "k3s", "rke2"],
  cloudController: "openstack-cloud-controller-manager",
  notes: [
    "Images must be in the project: image-builder makes those with kubeadm.",
    "The provider needs the OpenStack Resource Controller on the management cluster.",
  ],
  opensPodNetwork: managesSecurityGroups,
  image,
  check: checkOpenStack,
  render: (input) =>
    machineCluster(input, {
      cluster: openStackCluster(input),
      machineTemplate: (pool) => openStackMachineTemplate(input, pool),
      node: () => nodeSettings(input),
      zones: (pool) => configOf<OpenStackPool>(pool.cloudConfig).azs ?? [],
    }),
};
