import type { KubeObject } from "../../../shared/kubernetes.ts";
import { imageName } from "../../machines/images.ts";
import { machineCluster } from "../../machines/index.ts";
import { kubeVip } from "../../machines/kubeVip.ts";
import { quotedTemplate } from "../../machines/node.ts";
import { objectMetadata, poolTemplate, present } from "../../machines/objects.ts";
import type { MachinePool } from "../../model.ts";
import { slug } from "../../names.ts";
import type { Cloud, CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { identities } from "./accounts.ts";
import { check } from "./check.ts";
import { type CloudStackConfig, type CloudStackPool, isShared } from "./config.ts";
import fields from "./fields.json" with { type: "json" };

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta3";

/** Virtual machines of Apache CloudStack (engines.md 3 and Appendix A, cloudstack.yaml). */
export const cloud: Cloud = {
  id: "apache-cloudstack",
  title: "Apache CloudStack",
  fields: cloudFields(fields),
  provider: {
    name: "cloudstack",
    title: "Cluster API Provider CloudStack",
    version: "0.6.1",
    kinds: ["CloudStackCluster", "CloudStackMachineTemplate"].map((kind) => ({
      apiVersion: API_VERSION,
      kind,
    })),
  },
  identities,
  distributions: ["kubeadm", "k3s", "rke2"],
  cloudController: "cloudstack-kubernetes-provider",
  notes: ["Worker machines without a zone of their own are spread over the zones by the provider."],
  image: (input) => {
    const own = input.request.machinePools.map(
      ({ cloudConfig }) => configOf<CloudStackPool>(cloudConfig).template,
    );
    const named = own.find((template) => template !== undefined);
    return named === undefined
      ? { text: `template ${imageName(input)}`, lookedUp: true }
      : { text: `template ${named.name ?? named.id}`, lookedUp: false };
  },
  check,
  render: (input) =>
    machineCluster(input, {
      cluster: clusterObject(input),
      machineTemplate: (pool) => machineTemplate(input, pool),
      node: (pool) => ({
        name: "{{ local_hostname }}",
        providerId: `cloudstack:///${quotedTemplate("{{ ds.meta_data.instance_id }}", input.kubernetes)}`,
        ...virtualAddress(input, pool),
      }),
    }),
};

function clusterObject(input: CloudInput): KubeObject {
  const { request, account } = input;
  const config = configOf<CloudStackConfig>(request.cloudConfig);
  return {
    apiVersion: API_VERSION,
    kind: "CloudStackCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      // An empty host is filled in by the provider once the network has a public address.
      controlPlaneEndpoint: { host: config.controlPlaneEndpoint ?? "", port: 6443 },
      failureDomains: config.zones.map(({ name, id, network }) => ({
        name: slug(name ?? id ?? ""),
        acsEndpoint: { name: account?.name, namespace: request.namespace },
        ...present({ project: config.project?.name, domain: config.domain, account: config.account }),
        zone: present({ name, id, network }),
      })),
      ...present({ syncWithACS: config.syncWithCKS }),
    },
  };
}

function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const { request } = input;
  const own = configOf<CloudStackPool>(pool.cloudConfig);
  const disk = own.diskOffering;
  const spec = {
    template: {
      spec: {
        offering: own.offering,
        template: own.template ?? { name: imageName(input) },
        // Empty is no key; left out, CloudStack would take the account's default.
        sshKey: configOf<CloudStackConfig>(request.cloudConfig).sshKeyName ?? "",
        ...present({
          networks: own.networks,
          diskOffering:
            disk === undefined
              ? undefined
              : { device: "/dev/vdb", filesystem: "ext4", label: "data", ...disk },
          affinity: own.affinity,
          affinityGroupIDs: own.affinityGroupIDs,
          details: own.details,
        }),
      },
    },
  };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "CloudStackMachineTemplate" }, spec);
}

function virtualAddress({ request, kubernetes }: CloudInput, pool: MachinePool): ReturnType<typeof kubeVip> {
  const { zones, controlPlaneEndpoint } = configOf<CloudStackConfig>(request.cloudConfig);
  return pool.isControlPlane && controlPlaneEndpoint !== undefined && zones.some(isShared)
    ? kubeVip(kubernetes.distribution, { host: controlPlaneEndpoint })
    : {};
}
