import type { KubeObject } from "../../../shared/kubernetes.ts";
import { poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { Metal3Config, Metal3Pool } from "./config.ts";

export const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** What hosts of a pool are chosen by and what is written on their disks. */
export function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const { request } = input;
  const config = configOf<Metal3Config>(request.cloudConfig);
  const own = configOf<Metal3Pool>(pool.cloudConfig);
  const { url, checksum, checksumType = "sha256", diskFormat = "qcow2" } = own.image ?? config.image;
  const spec = {
    ...present({ nodeReuse: own.nodeReuse }),
    template: {
      spec: {
        ...present({
          hostSelector: present({ ...own.hostSelector }),
          failureDomain: own.failureDomain,
        }),
        automatedCleaningMode: own.automatedCleaningMode ?? "metadata",
        dataTemplate: { name: dataTemplate(input, pool).metadata.name },
        image: { url, checksum, checksumType, diskFormat },
      },
    },
  };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "Metal3MachineTemplate" }, spec);
}

/** What hosts of a pool are told about themselves: their name, and a static address where there is a pool of them. */
export function dataTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const { name } = input.request;
  const { network } = configOf<Metal3Pool>(pool.cloudConfig);
  const spec = { clusterName: name, ...(network === undefined ? {} : { networkData: networkData(network) }) };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "Metal3DataTemplate" }, spec);
}

function networkData({ interface: device, ipPool, nameservers }: NonNullable<Metal3Pool["network"]>): object {
  return {
    links: { ethernets: [{ id: device, type: "phy", macAddress: { fromHostInterface: device } }] },
    networks: {
      ipv4: [
        {
          id: "machines",
          link: device,
          ipAddressFromIPPool: ipPool,
          routes: [{ network: "0.0.0.0", prefix: 0, gateway: { fromIPPool: ipPool } }],
        },
      ],
    },
    services: nameservers === undefined ? { dnsFromIPPool: ipPool } : { dns: nameservers },
  };
}
