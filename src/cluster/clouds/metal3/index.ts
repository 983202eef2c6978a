import { hostSettings } from "../../machines/host.ts";
import { machineCluster } from "../../machines/index.ts";
import type { NodeSettings } from "../../machines/node.ts";
import { objectMetadata } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { Cloud, CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { check } from "./check.ts";
import type { Metal3Config } from "./config.ts";
import fields from "./fields.json" with { type: "json" };
import { API_VERSION, dataTemplate, machineTemplate } from "./machines.ts";

/** By this label the provider finds the node of a host and writes its identity into it (engines.md 3). */
const HOST_LABEL = { "metal3.io/uuid": "{{ ds.meta_data.uuid }}" };

/** Bare-metal hosts by Metal3 (engines.md 3 and Appendix A, metal3.yaml). */
export const cloud: Cloud = {
  id: "metal3",
  title: "Bare metal (Metal3)",
  fields: cloudFields(fields),
  provider: {
    name: "metal3",
    title: "Cluster API Provider Metal3",
    version: "1.13.2",
    kinds: ["Metal3Cluster", "Metal3MachineTemplate", "Metal3DataTemplate"].map((kind) => ({
      apiVersion: API_VERSION,
      kind,
    })),
  },
  // The baseboard management of each host has its own secret, which its BareMetalHost names.
  identities: [],
  distributions: ["kubeadm", "k3s", "rke2"],
  notes: [
    "Hosts are BareMetalHost objects in the namespace of the cluster; as many free ones are needed as machines.",
  ],
  image: ({ request }) => ({
    text: configOf<Metal3Config>(request.cloudConfig).image.url,
    lookedUp: false,
  }),
  check,
  render: (input) => {
    const labeled = withHostLabel(input);
    const { request } = labeled;
    const { controlPlaneEndpoint } = configOf<Metal3Config>(request.cloudConfig);
    return machineCluster(labeled, {
      cluster: {
        apiVersion: API_VERSION,
        kind: "Metal3Cluster",
        metadata: objectMetadata(labeled, request.name),
        spec: {
          controlPlaneEndpoint: { host: controlPlaneEndpoint.host, port: 6443 },
          cloudProviderEnabled: false,
        },
      },
      others: request.machinePools.map((pool) => dataTemplate(labeled, pool)),
      machineTemplate: (pool) => machineTemplate(labeled, pool),
      node: (pool) => nodeSettings(labeled, pool),
    });
  },
};

function withHostLabel(input: CloudInput): CloudInput {
  const machinePools = input.request.machinePools.map((pool) => ({
    ...pool,
    additionalLabels: { ...pool.additionalLabels, ...HOST_LABEL },
  }));
  return { ...input, request: { ...input.request, machinePools } };
}

function nodeSettings({ request, kubernetes }: CloudInput, pool: MachinePool): NodeSettings {
  return {
    name: "{{ ds.meta_data.name }}",
    ...hostSettings(configOf<Metal3Config>(request.cloudConfig), kubernetes.distribution, pool),
  };
}
