import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { PaletteError } from "../../shared/errors.ts";
import {
  DEFAULT_ENDPOINT,
  DEFAULT_RESOURCES,
  ENDPOINT_TYPES,
  hostFor,
  planVirtualCluster,
  type VirtualClusterRequest,
  type VirtualResources,
} from "../../virtual/index.ts";
import { choice, onlyArgument, parseArguments } from "../arguments.ts";
import { reasonOf } from "../check/files.ts";
import { type CommandIo, UsageError } from "../command.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";
import { objectsText } from "../objects.ts";

/** What a virtual cluster, or the most that one of a group, may use. */
export const RESOURCES = {
  cpu: { type: "string" },
  memory: { type: "string" },
  storage: { type: "string" },
} as const;
export const RESOURCES_USAGE = "[--cpu CORES] [--memory MIB] [--storage GIB]";

export const VIRTUAL_CREATE_USAGE = `palette virtual create NAME --host CLUSTER|--group GROUP [--namespace NAME] [--kubernetes-version VERSION] ${RESOURCES_USAGE} [--endpoint ${ENDPOINT_TYPES.join("|")}] [--server URL] [--values FILE] [--chart-repository URL] [--dry-run] ${MANAGEMENT_USAGE}`;

/** `palette virtual create`: creates a virtual cluster and waits until the management cluster has connected to it. */
export async function runVirtualCreate(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    ...MANAGEMENT,
    ...RESOURCES,
    namespace: { type: "string", short: "n", default: "default" },
    host: { type: "string" },
    group: { type: "string" },
    "kubernetes-version": { type: "string" },
    endpoint: { type: "string" },
    server: { type: "string" },
    values: { type: "string" },
    "chart-repository": { type: "string" },
    "dry-run": { type: "boolean", default: false },
  });
  const name = onlyArgument(positionals, "the name of one virtual cluster");
  const host = hostIn(values);
  const type =
    values.endpoint === undefined ? undefined : choice(values.endpoint, "endpoint", ENDPOINT_TYPES);
  const resources = resourcesOf(values, DEFAULT_RESOURCES);
  const own = values.values === undefined ? undefined : await valuesIn(values.values, io);
  return withManagement(values, io, async ({ kube, cluster }) => {
    const facts = await kube.virtualFacts(cluster, values.namespace, { signal: io.signal });
    const group = facts.groups.find((each) => each.name === values.group);
    const request: VirtualClusterRequest = {
      name,
      namespace: values.namespace,
      host,
      resources,
      endpoint: {
        type: type ?? group?.endpointType ?? DEFAULT_ENDPOINT,
        ...(values.server === undefined ? {} : { server: values.server }),
      },
      ...(values["kubernetes-version"] === undefined
        ? {}
        : { kubernetesVersion: values["kubernetes-version"] }),
      ...(own === undefined ? {} : { values: own }),
      ...(values["chart-repository"] === undefined ? {} : { chartRepository: values["chart-repository"] }),
    };
    if (values["dry-run"]) {
      const problems = await kube.virtualClusterProblems(request, facts);
      for (const { severity, message, next } of problems) {
        io.err(`${severity}: ${message}. ${next}`);
      }
      const place = hostFor(request, facts);
      if ("problem" in place || problems.some(({ severity }) => severity === "error")) {
        return 1;
      }
      io.out(objectsText(planVirtualCluster(request, place.host, place.group), "yaml"));
      return 0;
    }
    const created = await kube.createVirtualCluster(cluster, request, {
      signal: io.signal,
      onProgress: ({ step }) => io.err(step),
    });
    io.out(
      `Virtual cluster ${name} is running on ${created.host}. palette virtual kubeconfig ${name} gives its kubeconfig.`,
    );
    return 0;
  });
}

function hostIn({
  host,
  group,
}: {
  readonly host?: string | undefined;
  readonly group?: string | undefined;
}): VirtualClusterRequest["host"] {
  if (host !== undefined && group === undefined) {
    return { cluster: host };
  }
  if (group !== undefined && host === undefined) {
    return { group };
  }
  throw new UsageError("Name a host with --host, or a cluster group with --group.");
}

/** Numbers that options give, else `defaults`. */
export function resourcesOf(
  given: { readonly [key in keyof typeof RESOURCES]?: string | undefined },
  defaults: VirtualResources,
): VirtualResources {
  const number = (option: keyof typeof RESOURCES, fallback: number): number => {
    const text = given[option];
    if (text !== undefined && !/^\d+$/.test(text)) {
      throw new UsageError(`--${option} is a whole number, not ${text}.`);
    }
    return text === undefined ? fallback : Number(text);
  };
  return {
    cpu: number("cpu", defaults.cpu),
    memoryMiB: number("memory", defaults.memoryMiB),
    storageGiB: number("storage", defaults.storageGiB),
  };
}

/** Own values of vCluster's chart. Throws `NotFound` where the file cannot be read. */
export async function valuesIn(file: string, { cwd, signal }: CommandIo): Promise<string> {
  return readFile(resolve(cwd, file), { encoding: "utf8", signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new PaletteError("NotFound", `${file} was not read`, { next: reasonOf(cause), cause });
  });
}
