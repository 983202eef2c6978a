import { compare, valid } from "semver";
import type { Cloud, Distribution } from "../../cluster/clouds/cloud.ts";
import { isPaletteError } from "../../shared/errors.ts";
import { CLUSTER } from "../kinds.ts";
import type { CallOptions, ManagementCluster } from "../management.ts";
import { checkContract } from "./contract.ts";
import type { Finding } from "./finding.ts";
import { installAdvice } from "./install.ts";
import { type Inventory, readInventory } from "./inventory.ts";
import { checkLayers } from "./layers.ts";
import { cloudNeed, coreKinds, distributionNeeds, type Need } from "./needs.ts";
import { checkPermissions } from "./permissions.ts";
import { type ServedKind, servedKinds } from "./served.ts";
import { checkTopology } from "./topology.ts";
import { checkWebhooks } from "./webhooks.ts";

const WORDS = {
  core: "Cluster API",
  bootstrap: "Bootstrap provider",
  "control-plane": "Control plane provider",
  infrastructure: "Provider",
} as const;

/**
 * Looks whether clusters of a cloud can be created from here: the provider, its version and contract, whether
 * its webhooks answer, and what this user may do in a namespace. With a `distribution` only that is needed;
 * without one the cloud's first is, and others that are missing are told as warnings. Writes nothing.
 * Throws `Unreachable` and `Cancelled`; what is missing or forbidden is a finding.
 */
export async function checkEnvironment(
  management: ManagementCluster,
  cloud: Cloud,
  namespace: string,
  { distribution, ...options }: CallOptions & { readonly distribution?: Distribution } = {},
): Promise<Finding[]> {
  const inventory = await readInventory(management, options);
  // Templates and classes of the user's own say themselves how Kubernetes gets onto machines.
  const [usual, ...unusual] =
    cloud.id === "custom" || cloud.id === "cluster-class" ? [] : cloud.distributions;
  const needed = distribution ?? usual;
  const others = distribution === undefined ? unusual : [];
  const core: Need = { type: "core", name: "cluster-api", kinds: [CLUSTER] };
  const needs = [core, cloudNeed(cloud), ...(needed === undefined ? [] : distributionNeeds(needed))].filter(
    // A cloud of the user's own templates names no kinds.
    ({ kinds }) => kinds.length > 0,
  );
  const looked = await Promise.all(
    needs.map((need) => checkProvider(management, need, inventory, namespace, options)),
  );
  const further = await Promise.all(
    others.map((each) => checkOptional(management, each, inventory, options)),
  );
  const kinds = [
    ...looked.flatMap(({ served }) => served),
    ...(await servedKinds(management, coreKinds(cloud), options)),
  ];
  return [
    ...looked.flatMap(({ findings }) => findings),
    ...further.flat(),
    ...(cloud.onlyOnSandbox === true ? [] : [await checkLayers(management, options)]),
    ...(cloud.id === "cluster-class" ? [await checkTopology(management, namespace, options)] : []),
    ...(await checkNamespace(management, namespace, options)),
    await checkPermissions(management, unique(kinds), namespace, options),
  ];
}

async function checkProvider(
  management: ManagementCluster,
  need: Need,
  inventory: Inventory,
  namespace: string,
  options: CallOptions,
): Promise<{ readonly findings: Finding[]; readonly served: readonly ServedKind[] }> {
  const served = await servedKinds(management, need.kinds, options);
  const presence = judgePresence(management, need, served, inventory);
  if (served.length === 0) {
    return { findings: [presence], served };
  }
  const { title } = presence;
  const [contract, webhooks] = await Promise.all([
    need.type === "core" ? [] : checkContract(management, title, served, options),
    checkWebhooks(management, title, served, namespace, options),
  ]);
  return { findings: [presence, ...contract, ...webhooks], served };
}

/** Is it there, in which version, and does it have every kind? */
function judgePresence(
  management: ManagementCluster,
  need: Need,
  served: readonly ServedKind[],
  inventory: Inventory,
): Finding {
  const title = need.type === "core" ? WORDS.core : `${WORDS[need.type]} ${need.name}`;
  const installed = inventory.providers.find(({ type, name }) => type === need.type && name === need.name);
  const advice = (isThere: boolean) => installAdvice(need, inventory, management, isThere);
  if (installed?.trouble !== undefined && served.length < need.kinds.length) {
    return {
      title,
      state: "missing",
      message: `The Cluster API operator has not installed it: ${installed.trouble}`,
      next: `Look at the operator's object ${installed.name}.`,
    };
  }
  if (served.length === 0) {
    return {
      title,
      state: "missing",
      message: `${management.name} does not have it.`,
      ...advice(installed !== undefined),
    };
  }
  const version = installed?.version;
  const absent = need.kinds.filter(
    ({ apiVersion, kind }) => !served.some((each) => each.apiVersion === apiVersion && each.kind === kind),
  );
  if (absent.length > 0) {
    const names = absent.map(({ apiVersion, kind }) => `${kind} (${apiVersion})`).join(", ");
    return {
      title,
      state: "missing",
      message: `${version === undefined ? "The version that is there" : `Version ${version}`} does not serve ${names}.`,
      ...advice(true),
    };
  }
  if (version === undefined) {
    return {
      title,
      state: "ok",
      message: "It is there. Neither clusterctl nor the operator says in which version.",
    };
  }
  if (need.version !== undefined && isOlder(version, need.version)) {
    return {
      title,
      state: "warning",
      message: `Version ${version}; objects are made for ${need.version}, so fields may be refused.`,
      ...advice(true),
    };
  }
  if (
    need.namespace !== undefined &&
    installed?.namespace !== undefined &&
    installed.namespace !== need.namespace
  ) {
    return {
      title,
      state: "warning",
      message: `Version ${version}. It runs in namespace ${installed.namespace} and reads the secrets of accounts there, and new accounts have theirs in ${need.namespace}.`,
      next: `Copy the Secret of an account to ${installed.namespace}, or have the provider run in ${need.namespace}.`,
    };
  }
  return { title, state: "ok", message: `Version ${version}.` };
}

/** The providers of another distribution than the usual one: told only where one is missing, both as one. */
async function checkOptional(
  management: ManagementCluster,
  distribution: Distribution,
  inventory: Inventory,
  options: CallOptions,
): Promise<Finding[]> {
  const findings = await Promise.all(
    distributionNeeds(distribution).map(async (need) =>
      judgePresence(management, need, await servedKinds(management, need.kinds, options), inventory),
    ),
  );
  const missing = findings.filter(({ state }) => state === "missing");
  const [first] = missing;
  if (first === undefined) {
    return [];
  }
  const commands = missing.flatMap(({ command }) => command ?? []);
  const [command = "", ...more] = commands;
  const whole = [
    command,
    ...more.map((each) => each.replace(/^clusterctl (?:init|upgrade apply) /, "")),
  ].join(" ");
  const install = missing.flatMap((each) => each.install ?? []);
  return [
    {
      title: `Kubernetes by ${distribution}`,
      state: "warning",
      message: `${missing.map(({ title }) => title).join(" and ")}: ${first.message} Only profiles with such a Kubernetes layer need it.`,
      ...(first.next === undefined ? {} : { next: first.next.replace(command, whole) }),
      ...(commands.length === 0 ? {} : { command: whole }),
      ...(install.length === 0 ? {} : { install }),
    },
  ];
}

async function checkNamespace(
  management: ManagementCluster,
  namespace: string,
  options: CallOptions,
): Promise<Finding[]> {
  try {
    const found = await management.get({ apiVersion: "v1", kind: "Namespace", name: namespace }, options);
    return found === undefined
      ? [
          {
            title: `Namespace ${namespace}`,
            state: "missing",
            message: `It does not exist on ${management.name}.`,
            command: `kubectl create namespace ${namespace}`,
            next: `Run kubectl create namespace ${namespace}, or choose another.`,
          },
        ]
      : [];
  } catch (error) {
    if (isPaletteError(error, "Forbidden")) {
      return [];
    }
    throw error;
  }
}

function isOlder(version: string, wanted: string): boolean {
  return valid(version) !== null && valid(wanted) !== null && compare(version, wanted) < 0;
}

function unique(kinds: readonly ServedKind[]): ServedKind[] {
  return [...new Map(kinds.map((kind) => [`${kind.apiVersion} ${kind.kind}`, kind])).values()];
}
