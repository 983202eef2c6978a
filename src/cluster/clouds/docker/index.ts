import { machineCluster } from "../../machines/index.ts";
import type { Cloud } from "../cloud.ts";
import { configOf } from "../config.ts";
import { DEV_PROVIDER, devMachines } from "../dev.ts";
import { cloudFields } from "../fields.ts";
import fields from "./fields.json" with { type: "json" };

interface DockerPool {
  readonly customImage?: string;
}

/** Machines as containers, by Cluster API's Dev provider (engines.md Appendix A, docker.yaml). */
export const cloud: Cloud = {
  id: "docker",
  title: "Docker",
  fields: cloudFields(fields),
  provider: DEV_PROVIDER,
  identities: [],
  distributions: ["kubeadm"],
  notes: ["Machines are containers of the Docker daemon that the management cluster's Dev provider reaches."],
  image: ({ kubernetes }) => ({ text: `kindest/node:v${kubernetes.version}`, lookedUp: false }),
  render: (input) =>
    machineCluster(
      input,
      devMachines(input, { docker: {} }, (pool) => ({
        docker: { ...configOf<DockerPool>(pool.cloudConfig) },
      })),
    ),
};
