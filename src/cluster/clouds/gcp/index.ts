import { machineCluster } from "../../machines/index.ts";
import type { Cloud, CloudInput, ImageLookup } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { SERVICE_ACCOUNT } from "./accounts.ts";
import { checkGcp } from "./check.ts";
import { gcpCluster } from "./cluster.ts";
import type { GcpPool } from "./config.ts";
import fields from "./fields.json" with { type: "json" };
import { machineImage } from "./image.ts";
import { gcpMachineTemplate, NODE } from "./machines.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";

/** Clusters of Compute Engine machines (engines.md 3 and Appendix A, gcp.yaml). */
export const cloud: Cloud = {
  id: "gcp",
  title: "Google Cloud",
  fields: cloudFields(fields),
  provider: {
    name: "gcp",
    title: "Cluster API Provider GCP",
    version: "1.12.0",
    kinds: [
      { apiVersion: API_VERSION, kind: "GCPCluster" },
      { apiVersion: API_VERSION, kind: "GCPMachineTemplate" },
    ],
  },
  identities: [SERVICE_ACCOUNT],
  distributions: ["kubeadm", "k3s", "rke2"],
  cloudController: "gcp-cloud-controller-manager",
  notes: [
    "Images with kubeadm are not public: build one with image-builder in the project first.",
    "Without an account the provider signs in with its own credentials.",
  ],
  image,
  check: checkGcp,
  render: (input) =>
    machineCluster(input, {
      cluster: gcpCluster(input),
      machineTemplate: (pool) => gcpMachineTemplate(input, pool),
      node: () => NODE,
      zones: (pool) => configOf<GcpPool>(pool.cloudConfig).azs ?? [],
    }),
};

/** What the pools' images are; pools can name their own. */
function image(input: CloudInput): ImageLookup {
  const found = input.request.machinePools.map((pool) =>
    machineImage(input, configOf<GcpPool>(pool.cloudConfig), pool.architecture),
  );
  const texts = found.map((each) =>
    "image" in each ? `image ${each.image}` : `newest image of the family ${each.imageFamily}`,
  );
  return { text: [...new Set(texts)].join(", "), lookedUp: found.some((each) => "imageFamily" in each) };
}
