import { machineCluster } from "../../machines/index.ts";
import type { Cloud } from "../cloud.ts";
import { DEV_PROVIDER, devMachines } from "../dev.ts";
import { cloudFields } from "../fields.ts";
import fields from "./fields.json" with { type: "json" };

/** Long enough to see machines arrive one after the other. */
const STARTUP = {
  vm: { provisioning: { startupDuration: "3s", startupJitter: "0.2" } },
  node: { provisioning: { startupDuration: "1s" } },
  apiServer: { provisioning: { startupDuration: "1s" } },
  etcd: { provisioning: { startupDuration: "1s" } },
};

/** Fake machines inside the Dev provider, for learning and trying (engines.md 1.6). */
export const cloud: Cloud = {
  id: "in-memory",
  title: "In-memory",
  onlyOnSandbox: true,
  fields: cloudFields(fields),
  provider: DEV_PROVIDER,
  identities: [],
  distributions: ["kubeadm"],
  // Clusters of two and of five machines on a machine with two cores, with other work beside them (guide.md).
  usual: { usable: [40, 70], steps: { initialized: [30, 40] } },
  notes: ["Machines are fake: real Cluster API controllers, no containers, no cloud, no cost."],
  // A profile of any cloud is tried here, whatever would install Kubernetes there.
  render: (input) =>
    machineCluster(
      { ...input, kubernetes: { ...input.kubernetes, distribution: "kubeadm" } },
      devMachines(input, { inMemory: {} }, () => ({ inMemory: STARTUP })),
    ),
};
