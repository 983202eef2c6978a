import type { Cloud } from "../cloud.ts";
import { devInfrastructure } from "../dev.ts";
import { kubeadmCluster } from "../kubeadm.ts";

/** Long enough to see machines arrive one after the other. */
const STARTUP = {
  vm: { provisioning: { startupDuration: "3s", startupJitter: "0.2" } },
  node: { provisioning: { startupDuration: "1s" } },
  apiServer: { provisioning: { startupDuration: "1s" } },
  etcd: { provisioning: { startupDuration: "1s" } },
};

/** Fake machines inside the Dev provider, for learning and trying (engines.md 1.6). */
export const inMemory: Cloud = {
  id: "in-memory",
  title: "In-memory",
  onlyOnSandbox: true,
  notes: ["Machines are fake: real Cluster API controllers, no containers, no cloud, no cost."],
  render: (input) => kubeadmCluster(input, devInfrastructure(input, { inMemory: {} }, { inMemory: STARTUP })),
};
