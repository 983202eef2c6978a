import { machineCluster } from "../../machines/index.ts";
import type { Cloud } from "../cloud.ts";
import { cloudFields } from "../fields.ts";
import { azureIdentity } from "./accounts.ts";
import { check } from "./check.ts";
import { azureCluster } from "./cluster.ts";
import fields from "./fields.json" with { type: "json" };
import { image } from "./image.ts";
import { machineTemplate, nodeSettings, poolZones } from "./machines.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

/** Azure virtual machines by Cluster API Provider Azure (engines.md Appendix A, azure.yaml). */
export const cloud: Cloud = {
  id: "azure",
  title: "Azure",
  fields: cloudFields(fields),
  provider: {
    name: "azure",
    title: "Cluster API Provider Azure",
    version: "1.26.0",
    kinds: [
      { apiVersion: API_VERSION, kind: "AzureCluster" },
      { apiVersion: API_VERSION, kind: "AzureMachineTemplate" },
    ],
  },
  identities: [azureIdentity],
  distributions: ["kubeadm", "rke2", "k3s"],
  cloudController: "cloud-provider-azure",
  notes: [
    "The account's identity must be a contributor of the subscription.",
    "Published machine images are for trying things out; production builds its own.",
  ],
  image,
  check,
  render: (input) =>
    machineCluster(input, {
      cluster: azureCluster(input),
      machineTemplate: (pool) => machineTemplate(input, pool),
      node: (pool) => nodeSettings(input, pool),
      zones: poolZones,
    }),
};
