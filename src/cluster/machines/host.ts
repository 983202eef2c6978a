import type { Distribution } from "../clouds/cloud.ts";
import type { MachinePool } from "../model.ts";
import { sshAccess } from "./access.ts";
import { kubeVip } from "./kubeVip.ts";
import type { NodeSettings } from "./node.ts";
import { present } from "./objects.ts";

/** What requests on bare metal say about every machine, in Palette's words. */
export interface HostConfig {
  readonly controlPlaneEndpoint: {
    readonly type?: "VIP" | "External";
    readonly host: string;
    readonly interface?: string;
  };
  readonly sshKeys?: readonly string[];
  readonly ntpServers?: readonly string[];
}

/** SSH access and time servers, and on a control plane the virtual address where no load balancer stands before it. */
export function hostSettings(
  { controlPlaneEndpoint, sshKeys = [], ntpServers }: HostConfig,
  distribution: Distribution,
  { isControlPlane }: MachinePool,
): NodeSettings {
  const { type = "VIP", host, interface: device } = controlPlaneEndpoint;
  const access = sshAccess(distribution, sshKeys);
  const address =
    isControlPlane && type === "VIP"
      ? kubeVip(distribution, { host, ...(device === undefined ? {} : { interface: device }) })
      : {};
  return present({
    files: address.files,
    users: access.users,
    ntpServers,
    preKubeadmCommands: [...(address.preKubeadmCommands ?? []), ...(access.preKubeadmCommands ?? [])],
  });
}
