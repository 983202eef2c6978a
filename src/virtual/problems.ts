import { isLabelKey, NAME } from "../cluster/rules/c10-labels.ts";
import { isLabelName } from "../shared/names.ts";
import { hasMinor, KUBERNETES_VERSIONS, VCLUSTER } from "./chart.ts";
import { hostFor, roomOn } from "./hosts.ts";
import {
  type ClusterGroup,
  ENDPOINT_TYPES,
  type VirtualClusterRequest,
  type VirtualFacts,
  type VirtualProblem,
  type VirtualResources,
} from "./model.ts";
import { groupObjectName, MAX_VIRTUAL_NAME } from "./names.ts";
import { volumeOf } from "./values.ts";

/** Less does not hold the control plane itself, its volume, and the name service that it starts. */
const LEAST: VirtualResources = { cpu: 2, memoryMiB: 2048, storageGiB: 2 };

/** More, of whatever it is, is a slip of the hand, and soon no number that Kubernetes can count with. */
const MOST = 100_000_000;

const RESOURCE_WORDS = {
  cpu: "CPU",
  memoryMiB: "MiB of memory",
  storageGiB: "GiB of storage",
} as const satisfies Record<keyof VirtualResources, string>;
const RESOURCES = Object.keys(RESOURCE_WORDS) as (keyof VirtualResources)[];

/** What is wrong with a request, by the fields; its values are judged by `schemaProblems`. */
export function requestProblems(request: VirtualClusterRequest, facts: VirtualFacts): VirtualProblem[] {
  return [
    ...nameProblems(request.name, facts.taken),
    ...resourceProblems(request.resources, "resources"),
    ...hostProblems(request, facts),
    ...versionProblems(request.kubernetesVersion),
    ...endpointProblems(request.endpoint),
    ...chartProblems(request),
  ];
}

/** What is wrong with a group, by the fields; its values are judged by `schemaProblems`. */
export function groupProblems(group: ClusterGroup): VirtualProblem[] {
  const problems: VirtualProblem[] = resourceProblems(group.limits, "limits");
  if (!isLabelName(groupObjectName(group.name)) || !isLabelName(group.name)) {
    problems.push(
      error(
        "name",
        `${group.name || "An empty name"} is no name of a cluster group`,
        "Lower case letters, digits and hyphens, 49 at most.",
      ),
    );
  }
  if (Object.keys(group.hostLabels).length === 0) {
    problems.push(
      error(
        "hostLabels",
        `Cluster group ${group.name} chooses every cluster`,
        "Name a label that its hosts carry.",
      ),
    );
  }
  for (const [key, value] of Object.entries(group.hostLabels)) {
    if (!isLabelKey(key) || (value !== "" && !NAME.test(value))) {
      problems.push(
        error(
          "hostLabels",
          `${key}=${value} is no label that a cluster can carry`,
          "Names and values have up to 63 letters, digits, -, _ and ., a name a DNS prefix and / before it where needed.",
        ),
      );
    }
  }
  if (!Number.isInteger(group.overSubscription) || group.overSubscription < 1) {
    problems.push(
      error(
        "overSubscription",
        `${group.overSubscription} is no share of a host's capacity`,
        "Give a whole number of percent, such as 120.",
      ),
    );
  }
  if (!ENDPOINT_TYPES.includes(group.endpointType)) {
    problems.push(typeProblem("endpointType", group.endpointType));
  }
  return problems;
}

function nameProblems(name: string, taken: readonly string[]): VirtualProblem[] {
  if (!isLabelName(name) || name.length > MAX_VIRTUAL_NAME) {
    return [
      error(
        "name",
        name === "" ? "The virtual cluster has no name" : `${name} is no name of a virtual cluster`,
        `Lower case letters, digits and hyphens, ${MAX_VIRTUAL_NAME} at most.`,
      ),
    ];
  }
  return taken.includes(name)
    ? [error("name", `There is a cluster ${name} already`, "Choose another name.")]
    : [];
}

function resourceProblems(resources: VirtualResources, field: string): VirtualProblem[] {
  return RESOURCES.flatMap((key) => {
    const value = resources[key];
    const said = (words: string, next: string) => [
      error(`${field}.${key}`, `${value} ${RESOURCE_WORDS[key]} is ${words}`, next),
    ];
    if (value > MOST) {
      return said("more than any host has", `${MOST} is the most.`);
    }
    return Number.isInteger(value) && value >= LEAST[key]
      ? []
      : said(
          value < LEAST[key] ? "too little for a virtual cluster" : "no whole number",
          `Its control plane takes part of it: ${LEAST[key]} is the least.`,
        );
  });
}

/**
 * What speaks against giving a virtual cluster that lives on `host` other resources: the least, the limits of its group,
 * and the room that it would take more of. Its control plane keeps the volume that it has.
 */
export function resizeProblems(
  {
    request,
    host,
    values,
  }: { readonly request: VirtualClusterRequest; readonly host: string; readonly values: string },
  resources: VirtualResources,
  { hosts, groups }: VirtualFacts,
): VirtualProblem[] {
  const { host: from, resources: now } = request;
  const group = "group" in from ? groups.find(({ name }) => name === from.group) : undefined;
  const problems = [...resourceProblems(resources, "resources"), ...limitProblems(resources, group)];
  const volume = volumeOf(values);
  if (volume !== undefined && resources.storageGiB < volume) {
    problems.push(
      error(
        "resources.storageGiB",
        `The volume of the control plane has ${volume} GiB already, and keeps them`,
        `${volume} is the least.`,
      ),
    );
  }
  const found = hosts.find(({ name }) => name === host);
  const grows = resources.cpu > now.cpu || resources.memoryMiB > now.memoryMiB;
  if (problems.length > 0 || !grows || found?.capacity === undefined) {
    return problems;
  }
  const others = {
    cpu: found.taken.cpu - now.cpu,
    memoryMiB: found.taken.memoryMiB - now.memoryMiB,
    storageGiB: found.taken.storageGiB - now.storageGiB,
  };
  const room = roomOn({ ...found, taken: others }, resources, group?.overSubscription ?? 100);
  return typeof room === "number"
    ? []
    : [
        {
          field: "resources",
          severity: group === undefined ? "warning" : "error",
          message: `Host ${host} ${room} for it`,
          next: "Ask for less, or give the host more nodes.",
        },
      ];
}

function limitProblems(resources: VirtualResources, group: ClusterGroup | undefined): VirtualProblem[] {
  return group === undefined
    ? []
    : RESOURCES.filter((key) => resources[key] > group.limits[key]).map((key) =>
        error(
          `resources.${key}`,
          `${resources[key]} ${RESOURCE_WORDS[key]} is more than cluster group ${group.name} gives`,
          `${group.limits[key]} is the most.`,
        ),
      );
}

function hostProblems(request: VirtualClusterRequest, facts: VirtualFacts): VirtualProblem[] {
  const { host, resources } = request;
  const over = limitProblems(
    resources,
    "group" in host ? facts.groups.find(({ name }) => name === host.group) : undefined,
  );
  if (over.length > 0) {
    return over;
  }
  const found = hostFor(request, facts);
  if ("problem" in found) {
    return [found.problem];
  }
  const { capacity, name } = found.host;
  // A group has limits of its own.
  const room = found.group !== undefined || capacity === undefined ? 1 : roomOn(found.host, resources, 100);
  return typeof room === "number"
    ? []
    : [
        {
          field: "resources",
          severity: "warning",
          message: `Host ${name} ${room}, so pods may find no place on it`,
          next: "Ask for less, or give the host more nodes.",
        },
      ];
}

function versionProblems(version: string | undefined): VirtualProblem[] {
  if (version === undefined) {
    return [];
  }
  const plain = version.replace(/^v/, "");
  if (!/^\d+\.\d+(?:\.\d+)?$/.test(plain)) {
    return [
      error("kubernetesVersion", `${version} is no Kubernetes version`, "Write it like 1.36 or 1.36.0."),
    ];
  }
  if (!hasMinor(plain)) {
    return [
      error(
        "kubernetesVersion",
        `vCluster ${VCLUSTER.version} has no Kubernetes ${version}`,
        `It has ${KUBERNETES_VERSIONS.join(", ")}.`,
      ),
    ];
  }
  return plain.split(".").length === 3 && !KUBERNETES_VERSIONS.includes(plain)
    ? [
        {
          field: "kubernetesVersion",
          severity: "warning",
          message: `vCluster ${VCLUSTER.version} is not made for Kubernetes ${version}, only for its minor`,
          next: `It is made for ${KUBERNETES_VERSIONS.find((each) => each.startsWith(plain.replace(/\d+$/, "")))}.`,
        },
      ]
    : [];
}

function endpointProblems({ type, server }: VirtualClusterRequest["endpoint"]): VirtualProblem[] {
  if (!ENDPOINT_TYPES.includes(type)) {
    return [typeProblem("endpoint.type", type)];
  }
  if (server !== undefined && !isServer(server)) {
    return [
      error(
        "endpoint.server",
        `${server} is no address of an API server`,
        "Write it like https://tenant.example.com.",
      ),
    ];
  }
  if (server !== undefined) {
    return [];
  }
  const next = "Give the address that the management cluster will reach it at.";
  if (type === "Ingress") {
    return [error("endpoint.server", "An ingress needs a host name of its own", next)];
  }
  return type === "ClusterIP"
    ? [
        {
          field: "endpoint.server",
          severity: "warning",
          message: "A ClusterIP is reached from inside of the host only",
          next,
        },
      ]
    : [];
}

function chartProblems({ chartRepository }: VirtualClusterRequest): VirtualProblem[] {
  return chartRepository === undefined || /^(?:https?|oci):\/\/[^/]/.test(chartRepository)
    ? []
    : [
        error(
          "chartRepository",
          `${chartRepository} is no address of a chart repository`,
          "Write it like https://charts.example.com or oci://registry.example.com/charts.",
        ),
      ];
}

function isServer(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}

function typeProblem(field: string, type: string): VirtualProblem {
  return error(field, `${type} is no type of an endpoint`, `There are ${ENDPOINT_TYPES.join(", ")}.`);
}

function error(field: string, message: string, next: string): VirtualProblem {
  return { field, severity: "error", message, next };
}
