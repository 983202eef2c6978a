import type { Cloud } from "../cloud.ts";
import { devInfrastructure } from "../dev.ts";
import { kubeadmCluster } from "../kubeadm.ts";

/** Machines as containers, by Cluster API's Dev provider (engines.md Appendix A, docker.yaml). */
export const docker: Cloud = {
  id: "docker",
  title: "Docker",
  onlyOnSandbox: false,
  notes: ["Machines are containers of the Docker daemon that the management cluster's Dev provider reaches."],
  render: (input) => kubeadmCluster(input, devInfrastructure(input, { docker: {} }, { docker: {} })),
};
