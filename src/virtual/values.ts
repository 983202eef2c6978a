import { parseDocument } from "yaml";
import { isMap } from "../shared/records.ts";
import { fullVersion } from "./chart.ts";
import type { ClusterGroup, VirtualClusterRequest, VirtualResources } from "./model.ts";

type Values = Readonly<Record<string, unknown>>;

/**
 * Values of vCluster's chart for a request. What people may want otherwise yields to the values of the group, those to
 * the request's own, and what the request says itself stands above all. Throws where own values are no YAML map.
 */
export function virtualClusterValues(request: VirtualClusterRequest, group?: ClusterGroup): Values {
  return [valuesOf(group?.values), valuesOf(request.values), saidBy(request)].reduce(
    merge,
    defaults(request),
  );
}

const REPLICAS = ["controlPlane", "statefulSet", "highAvailability", "replicas"];

/**
 * Values as text with another number of pods of the control plane, and the number before. Without pods, volumes,
 * addresses and quota stay.
 */
export function withReplicas(
  text: string,
  replicas: number,
): { readonly text: string; readonly before: number } {
  const document = parseDocument(text);
  const before = document.getIn(REPLICAS);
  document.setIn(REPLICAS, replicas);
  return { text: document.toString(), before: typeof before === "number" ? before : 1 };
}

/** Values as text with another quota, and all else as it is. */
export function withResources(text: string, resources: VirtualResources): string {
  const document = parseDocument(text);
  for (const [key, value] of Object.entries(quotaOf(resources))) {
    document.setIn(["policies", "resourceQuota", "quota", key], value);
  }
  return document.toString();
}

/** GiB of the volume of the control plane, as values say; nothing where they say it otherwise. */
export function volumeOf(text: string): number | undefined {
  const size = parseDocument(text).getIn([
    "controlPlane",
    "statefulSet",
    "persistence",
    "volumeClaim",
    "size",
  ]);
  const [, gib] = /^(\d+)Gi$/.exec(String(size)) ?? [];
  return gib === undefined ? undefined : Number(gib);
}

/** The quota that a virtual cluster's namespace on its host has for what was asked for. */
export function quotaOf({ cpu, memoryMiB, storageGiB }: VirtualResources): Readonly<Record<string, string>> {
  return {
    "requests.cpu": String(cpu),
    "requests.memory": `${memoryMiB}Mi`,
    "requests.storage": `${storageGiB}Gi`,
    "limits.cpu": String(cpu),
    "limits.memory": `${memoryMiB}Mi`,
  };
}

/** Own values as a map; nothing where the text is none. */
export function readValues(text: string): Values | undefined {
  const document = parseDocument(text, { logLevel: "silent", prettyErrors: false });
  if (document.errors.length > 0) {
    return undefined;
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
    return isMap(value) ? value : undefined;
  } catch {
    return undefined; // Aliases that multiply.
  }
}

function valuesOf(text = ""): Values {
  const values = readValues(text);
  if (values === undefined) {
    throw new TypeError("The values are no YAML map");
  }
  return values;
}

/** Later maps win, key by key; lists and all else as a whole, as Helm has it. */
function merge(under: Values, over: Values): Values {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isMap(value) && isMap(below) ? merge(below, value) : value;
  }
  return merged;
}

/** The chart's own counts are those of a playground, and its control plane may take all of a small quota. */
function defaults({ resources }: VirtualClusterRequest): Values {
  return {
    telemetry: { enabled: false },
    controlPlane: {
      statefulSet: {
        highAvailability: { replicas: 1 },
        // The build that is open source; the chart's own default carries paid modules, turned off.
        image: { repository: "loft-sh/vcluster-oss" },
        // Palette's own figures (palette.md 6).
        resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "200m", memory: "256Mi" } },
        persistence: {
          volumeClaim: { size: `${Math.min(5, Math.max(1, Math.floor(resources.storageGiB / 2)))}Gi` },
        },
      },
    },
    policies: {
      // Services of type LoadBalancer take a port of the nodes each.
      resourceQuota: {
        quota: { "count/pods": 100, "services.nodeports": 10, "services.loadbalancers": 5 },
      },
    },
  };
}

function saidBy({ resources, endpoint, kubernetesVersion }: VirtualClusterRequest): Values {
  const { type, server } = endpoint;
  const hostname = server === undefined ? undefined : new URL(server).hostname.replace(/^\[|\]$/g, "");
  const version = kubernetesVersion === undefined ? undefined : fullVersion(kubernetesVersion);
  return {
    controlPlane: {
      ...(version === undefined ? {} : { distro: { k8s: { version: `v${version}` } } }),
      service: { spec: { type: type === "Ingress" ? "ClusterIP" : type } },
      ...(type === "Ingress" && hostname !== undefined ? { ingress: { enabled: true, host: hostname } } : {}),
      // Its certificate must name the address.
      ...(hostname === undefined ? {} : { proxy: { extraSANs: [hostname] } }),
    },
    policies: {
      resourceQuota: {
        enabled: true,
        quota: quotaOf(resources),
      },
      // A quota refuses pods that say nothing of themselves.
      limitRange: { enabled: true },
    },
    ...(server === undefined ? {} : { exportKubeConfig: { server } }),
  };
}
