import type { KubeObject } from "../../../shared/kubernetes.ts";
import { sshAccess } from "../../machines/access.ts";
import { machineCluster } from "../../machines/index.ts";
import { kubeVip } from "../../machines/kubeVip.ts";
import type { NodeSettings } from "../../machines/node.ts";
import { objectMetadata, poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import type { Cloud, CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { identities } from "./accounts.ts";
import { check } from "./check.ts";
import { placementsOf, type VsphereConfig, type VspherePool } from "./config.ts";
import fields from "./fields.json" with { type: "json" };
import { templateOf } from "./image.ts";
import { device, resourcePoolOf } from "./placement.ts";
import { spread, zoneName, zoneObjects } from "./zones.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** Virtual machines of vSphere (engines.md 3 and Appendix A, vsphere.yaml). */
export const cloud: Cloud = {
  id: "vsphere",
  title: "VMware vSphere",
  fields: cloudFields(fields),
  provider: {
    name: "vsphere",
    title: "Cluster API Provider vSphere",
    version: "1.16.1",
    kinds: [
      "VSphereCluster",
      "VSphereMachineTemplate",
      "VSphereClusterIdentity",
      "VSphereFailureDomain",
      "VSphereDeploymentZone",
    ].map((kind) => ({ apiVersion: API_VERSION, kind })),
  },
  identities,
  distributions: ["kubeadm", "k3s", "rke2"],
  cloudController: "vsphere-cpi",
  notes: [
    "vSphere has no load balancer of its own, so the control plane holds a free address of the network itself.",
  ],
  image: (input) => {
    const config = configOf<VsphereConfig>(input.request.cloudConfig);
    return {
      text: `template ${templateOf(input, config.placement)} of vCenter ${config.server}`,
      lookedUp: config.template === undefined,
    };
  },
  check,
  render: (input) =>
    machineCluster(input, {
      cluster: clusterObject(input),
      others: zoneObjects(input),
      machineTemplate: (pool) => machineTemplate(input, pool),
      node: (pool) => nodeSettings(input, pool),
      zones: (pool) =>
        spread(input.request, pool).map((placement) => zoneName(input.request.name, placement)),
    }),
};

function clusterObject(input: CloudInput): KubeObject {
  const { request, account } = input;
  const { server, thumbprint } = configOf<VsphereConfig>(request.cloudConfig);
  return {
    apiVersion: API_VERSION,
    kind: "VSphereCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      server,
      ...present({ thumbprint }),
      controlPlaneEndpoint: { host: endpointHost(input), port: 6443 },
      ...present({ identityRef: account }),
      ...(zoneObjects(input).length === 0
        ? {}
        : { failureDomainSelector: { matchLabels: { "cluster.x-k8s.io/cluster-name": request.name } } }),
    },
  };
}

function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const { request } = input;
  const config = configOf<VsphereConfig>(request.cloudConfig);
  const own = configOf<VspherePool>(pool.cloudConfig);
  // Of a pool that is spread, each failure domain takes the place of the first placement.
  const placement = placementsOf(config, own)[0] ?? config.placement;
  const spec = {
    template: {
      spec: {
        server: config.server,
        datacenter: placement.datacenter,
        ...present({ folder: placement.folder }),
        datastore: placement.datastore,
        resourcePool: resourcePoolOf(placement),
        ...present({ storagePolicyName: placement.storagePolicyName }),
        template: templateOf(input, placement),
        // Linked clones keep the size of the template's disk, so they are a choice.
        cloneMode: own.cloneMode ?? "fullClone",
        ...present({
          snapshot: own.snapshot,
          hardwareVersion: own.hardwareVersion,
          powerOffMode: own.powerOffMode,
          numCoresPerSocket: own.numCoresPerSocket,
          additionalDisksGiB: own.additionalDisksGiB,
          tagIDs: own.tagIDs,
        }),
        numCPUs: own.instanceType.numCPUs,
        memoryMiB: own.instanceType.memoryMiB,
        diskGiB: own.instanceType.diskGiB,
        network: { devices: [device(config, placement)] },
      },
    },
  };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "VSphereMachineTemplate" }, spec);
}

function nodeSettings(input: CloudInput, pool: MachinePool): NodeSettings {
  const { distribution } = input.kubernetes;
  const {
    controlPlaneEndpoint,
    sshKeys = [],
    ntpServers,
  } = configOf<VsphereConfig>(input.request.cloudConfig);
  const { type = "VIP", interface: device } = controlPlaneEndpoint;
  const access = sshAccess(distribution, sshKeys);
  const address =
    pool.isControlPlane && type !== "External"
      ? kubeVip(distribution, {
          host: endpointHost(input),
          ...(device === undefined ? {} : { interface: device }),
          ...(type === "DDNS" ? { dynamicDns: true } : {}),
        })
      : {};
  return {
    name: "{{ local_hostname }}",
    externalCloudProvider: true,
    ...present({ files: address.files, users: access.users, ntpServers }),
    preKubeadmCommands: [
      'hostnamectl set-hostname "{{ ds.meta_data.hostname }}"',
      'echo "127.0.0.1 {{ ds.meta_data.hostname }} {{ local_hostname }}" >>/etc/hosts',
      ...(address.preKubeadmCommands ?? []),
      ...(access.preKubeadmCommands ?? []),
    ],
  };
}

function endpointHost({ request }: CloudInput): string {
  const { host, ddnsSearchDomain } = configOf<VsphereConfig>(request.cloudConfig).controlPlaneEndpoint;
  return ddnsSearchDomain === undefined ? host : `${host}.${ddnsSearchDomain}`;
}
