import { machineCluster } from "../../machines/index.ts";
import type { Cloud } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { API_TOKEN } from "./accounts.ts";
import { checkHetzner } from "./check.ts";
import { hetznerCluster } from "./cluster.ts";
import type { HetznerConfig } from "./config.ts";
import fields from "./fields.json" with { type: "json" };
import { image } from "./image.ts";
import { locationsOf } from "./locations.ts";
import { hcloudMachineTemplate, node } from "./machines.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

/** Clusters of Hetzner Cloud servers (engines.md 3 and Appendix A, hetzner.yaml). */
export const cloud: Cloud = {
  id: "hetzner",
  title: "Hetzner",
  fields: cloudFields(fields),
  provider: {
    name: "hetzner",
    title: "Cluster API Provider Hetzner",
    version: "1.1.8",
    kinds: [
      { apiVersion: API_VERSION, kind: "HetznerCluster" },
      { apiVersion: API_VERSION, kind: "HCloudMachineTemplate" },
    ],
  },
  identities: [API_TOKEN],
  distributions: ["kubeadm", "k3s", "rke2"],
  cloudController: "hcloud-cloud-controller-manager",
  notes: [
    "Machines install container runtime and Kubernetes when they start, so they need a way to the internet.",
  ],
  image,
  check: checkHetzner,
  render: (input) =>
    machineCluster(input, {
      cluster: hetznerCluster(input),
      machineTemplate: (pool) => hcloudMachineTemplate(input, pool),
      node: (pool) => node(input, pool),
      zones: (pool) => locationsOf(configOf<HetznerConfig>(input.request.cloudConfig), pool),
    }),
};
