import type { KubeObject } from "../../shared/kubernetes.ts";
import type { CloudInput, Distribution } from "../clouds/cloud.ts";
import type { MachinePool } from "../model.ts";
import { clusterObject } from "./cluster.ts";
import { k3sControlPlane, k3sWorkers } from "./k3s.ts";
import { kubeadmControlPlane, kubeadmWorkers } from "./kubeadm.ts";
import type { Machines } from "./node.ts";
import { rke2ControlPlane, rke2Workers } from "./rke2.ts";

/** How one distribution makes a control plane and worker pools of machines. */
interface Installer {
  controlPlane(input: CloudInput, pool: MachinePool, machines: Machines, template: KubeObject): KubeObject;
  workers(input: CloudInput, pool: MachinePool, machines: Machines): KubeObject[];
}

const INSTALLERS: Partial<Readonly<Record<Distribution, Installer>>> = {
  kubeadm: { controlPlane: kubeadmControlPlane, workers: kubeadmWorkers },
  k3s: { controlPlane: k3sControlPlane, workers: k3sWorkers },
  rke2: { controlPlane: rke2ControlPlane, workers: rke2Workers },
};

/**
 * A cluster of machines that Kubernetes is installed on, as plain objects: Cluster, infrastructure cluster, control
 * plane with its machine template, and per worker pool a machine template, a bootstrap template and its
 * MachineDeployments (engines.md 1.1). The Kubernetes layer says which distribution. Throws `TypeError` without a
 * control plane pool or with a distribution that is not installed on machines: the rules have judged both before.
 */
export function machineCluster(input: CloudInput, machines: Machines): KubeObject[] {
  const { machinePools } = input.request;
  const controlPlanePool = machinePools.find((pool) => pool.isControlPlane);
  const installer = INSTALLERS[input.kubernetes.distribution];
  if (controlPlanePool === undefined || installer === undefined) {
    throw new TypeError(
      `No cluster of machines with ${input.kubernetes.distribution} can be made of this request`,
    );
  }
  const template = machines.machineTemplate(controlPlanePool);
  const controlPlane = installer.controlPlane(input, controlPlanePool, machines, template);
  return [
    clusterObject(input, controlPlane, machines.cluster, machines.controlPlaneEndpoint),
    machines.cluster,
    ...(machines.others ?? []),
    template,
    controlPlane,
    ...machinePools
      .filter((pool) => !pool.isControlPlane)
      .flatMap((pool) => installer.workers(input, pool, machines)),
  ];
}
