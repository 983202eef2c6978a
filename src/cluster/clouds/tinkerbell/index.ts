import type { KubeObject } from "../../../shared/kubernetes.ts";
import { type HostConfig, hostSettings } from "../../machines/host.ts";
import { operatingSystem } from "../../machines/images.ts";
import { machineCluster } from "../../machines/index.ts";
import type { NodeSettings } from "../../machines/node.ts";
import { objectMetadata, poolTemplate, present } from "../../machines/objects.ts";
import type { ClusterRequest, MachinePool } from "../../model.ts";
import type { Cloud, CloudInput, CloudProblem, Distribution } from "../cloud.ts";
import { configOf } from "../config.ts";
import { cloudFields } from "../fields.ts";
import { error } from "../problems.ts";
import fields from "./fields.json" with { type: "json" };

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta1";
const REGISTRY = "ghcr.io/tinkerbell/cluster-api-provider-tinkerbell";
/** Fields of the provider's template for names of images. */
const IMAGE_FIELDS = ["BaseRegistry", "OSDistro", "OSVersion", "KubernetesVersion"];
/** What other distributions write after the version; it cannot be part of a tag. */
const SUFFIXES: Partial<Readonly<Record<Distribution, string>>> = { k3s: "+k3s1", rke2: "+rke2r1" };

const FIELD = /\{\{\s*\.(\w+)\s*\}\}/g;

interface TinkerbellConfig extends HostConfig {
  readonly imageLookupBaseRegistry?: string;
  readonly imageLookupFormat?: string;
}

interface TinkerbellPool {
  readonly hardwareAffinity?: { readonly required?: Labels; readonly preferred?: Labels };
  readonly bootOptions?: { readonly bootMode?: "netboot" | "isoboot"; readonly isoURL?: string };
  readonly templateOverride?: string;
}

type Labels = Readonly<Record<string, string>>;

/** Bare-metal machines by Tinkerbell (engines.md 3 and Appendix A, tinkerbell.yaml). */
export const cloud: Cloud = {
  id: "tinkerbell",
  title: "Bare metal (Tinkerbell)",
  fields: cloudFields(fields),
  provider: {
    name: "tinkerbell-tinkerbell",
    title: "Cluster API Provider Tinkerbell",
    version: "0.7.0",
    kinds: ["TinkerbellCluster", "TinkerbellMachineTemplate"].map((kind) => ({
      apiVersion: API_VERSION,
      kind,
    })),
  },
  // Tinkerbell runs on the management cluster, and each machine's baseboard management has its own secret.
  identities: [],
  distributions: ["kubeadm", "k3s", "rke2"],
  notes: [
    "Machines are Hardware objects in the namespace of the cluster; as many free ones are needed as machines.",
  ],
  image: (input) => ({ text: imageOf(input), lookedUp: true }),
  check,
  render: (input) => {
    const { host } = configOf<TinkerbellConfig>(input.request.cloudConfig).controlPlaneEndpoint;
    return machineCluster(input, {
      cluster: clusterObject(input),
      // The provider reads it from there and has no load balancer that would give one.
      controlPlaneEndpoint: { host, port: 6443 },
      machineTemplate: (pool) => machineTemplate(input, pool),
      node: (pool) => nodeSettings(input, pool),
    });
  },
};

function check({ cloudConfig, machinePools }: ClusterRequest): CloudProblem[] {
  const { imageLookupFormat = "" } = configOf<TinkerbellConfig>(cloudConfig);
  const unknown = [...imageLookupFormat.matchAll(FIELD)]
    .map(([, field = ""]) => field)
    .filter((field) => !IMAGE_FIELDS.includes(field));
  const names = unknown.map(
    (field): CloudProblem =>
      error(
        ["cloudConfig", "imageLookupFormat"],
        `Names of images have no field ${field}, only ${IMAGE_FIELDS.join(", ")}.`,
      ),
  );
  const pools = machinePools.flatMap((pool, i): CloudProblem[] => {
    const { bootMode, isoURL } = configOf<TinkerbellPool>(pool.cloudConfig).bootOptions ?? {};
    return bootMode === "isoboot" && isoURL === undefined
      ? [
          error(
            ["machinePools", i, "cloudConfig", "bootOptions", "isoURL"],
            `Machine pool ${pool.name} boots from an ISO image but names none. Say where it is, or boot from the network.`,
          ),
        ]
      : [];
  });
  return [...names, ...pools];
}

/** Kubernetes is part of images for kubeadm; k3s and RKE2 download it at boot and start from the plain system. */
function formatOf({ request, kubernetes }: CloudInput): string {
  const { imageLookupFormat } = configOf<TinkerbellConfig>(request.cloudConfig);
  const version = kubernetes.distribution === "kubeadm" ? ":{{.KubernetesVersion}}" : "";
  return imageLookupFormat ?? `{{.BaseRegistry}}/{{.OSDistro}}-{{.OSVersion}}${version}.gz`;
}

function imageOf(input: CloudInput): string {
  const { request, kubernetes, os } = input;
  const { name, version } = operatingSystem(os);
  const values: Labels = {
    BaseRegistry: configOf<TinkerbellConfig>(request.cloudConfig).imageLookupBaseRegistry ?? REGISTRY,
    OSDistro: name,
    OSVersion: version.replace(".", ""),
    KubernetesVersion: `v${kubernetes.version}${SUFFIXES[kubernetes.distribution] ?? ""}`,
  };
  return formatOf(input).replace(FIELD, (whole, field: string) => values[field] ?? whole);
}

function clusterObject(input: CloudInput): KubeObject {
  const { request, kubernetes, os } = input;
  const config = configOf<TinkerbellConfig>(request.cloudConfig);
  const { name, version } = operatingSystem(os);
  return {
    apiVersion: API_VERSION,
    kind: "TinkerbellCluster",
    metadata: objectMetadata(input, request.name),
    spec: {
      ...present({
        imageLookupBaseRegistry: config.imageLookupBaseRegistry,
        imageLookupFormat: kubernetes.distribution === "kubeadm" ? config.imageLookupFormat : formatOf(input),
      }),
      imageLookupOSDistro: name,
      imageLookupOSVersion: version.replace(".", ""),
    },
  };
}

function machineTemplate(input: CloudInput, pool: MachinePool): KubeObject {
  const { hardwareAffinity, bootOptions, templateOverride } = configOf<TinkerbellPool>(pool.cloudConfig);
  const required = terms(hardwareAffinity?.required);
  const preferred = terms(hardwareAffinity?.preferred);
  const spec = {
    template: {
      spec: present({
        hardwareAffinity: present({
          required,
          preferred: preferred.map((hardwareAffinityTerm) => ({ weight: 100, hardwareAffinityTerm })),
        }),
        bootOptions: present({ ...bootOptions }),
        templateOverride,
      }),
    },
  };
  return poolTemplate(input, pool, { apiVersion: API_VERSION, kind: "TinkerbellMachineTemplate" }, spec);
}

function terms(labels: Labels = {}): object[] {
  return Object.keys(labels).length === 0 ? [] : [{ labelSelector: { matchLabels: labels } }];
}

function nodeSettings({ request, kubernetes }: CloudInput, pool: MachinePool): NodeSettings {
  return {
    // The provider puts the machine's identity in its place.
    providerId: "PROVIDER_ID",
    ...hostSettings(configOf<TinkerbellConfig>(request.cloudConfig), kubernetes.distribution, pool),
  };
}
