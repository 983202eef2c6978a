import { setTimeout as sleep } from "node:timers/promises";
import type { KubeObject } from "../../src/shared/kubernetes.ts";
import { throwIfCancelled } from "../errors.ts";
import type { Manifests } from "../manifests/render.ts";
import { pointTo } from "../manifests/rewrite.ts";
import type { Ports } from "../plane/components.ts";
import { type Api, apply } from "./api.ts";

/** How product code knows that a management cluster is a sandbox. */
const marker: KubeObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "palette-sandbox", namespace: "kube-public" },
  data: { about: "The local management cluster of Palette Onboarding. Its machines are fake." },
};

/** Where the fake nodes of the second cluster pretend to be. */
const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];

/** Writes what the management components need, with their webhooks at the ports of this start. */
export async function prepareManagement(
  api: Api,
  manifests: readonly Manifests[],
  ports: Ports,
  ca: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const caBundle = Buffer.from(ca).toString("base64");
  const objects = manifests.flatMap(({ component, objects }) =>
    objects.map((object) => pointTo(object, ports[`${component}/webhook`] ?? 0, caBundle)),
  );
  const namespaces = objects.filter(({ kind }) => kind === "Namespace");
  const definitions = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  const rest = objects.filter((object) => !namespaces.includes(object) && !definitions.includes(object));
  await applyAll(api, [...namespaces, projectsveltos, ...definitions, ...rest], signal);
  await applyWhenNamespaceExists(api, marker, signal);
  await waitEstablished(api, new Set(definitions.map(({ metadata }) => metadata.name)), signal);
}

const projectsveltos: KubeObject = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "projectsveltos" },
};

/** Gives the second cluster its fake nodes, with what a kubelet of a cloud machine would write. */
export async function prepareWorkload(api: Api, signal: AbortSignal | undefined): Promise<void> {
  await applyAll(
    api,
    zones.map((zone, index) => node(`node-${index + 1}`, zone, index)),
    signal,
  );
  for (const index of zones.keys()) {
    const answer = await api.call("PATCH", `/api/v1/nodes/node-${index + 1}/status`, {
      body: JSON.stringify({ status: { capacity: room, allocatable: room } }),
      contentType: "application/merge-patch+json",
      signal,
    });
    if (answer.status !== 200) {
      throw new Error(`HTTP ${answer.status} for the status of node-${index + 1}`);
    }
  }
}

/** As kwok has it, and with the disk that pods may ask for (vCluster's do), which kwok leaves out. */
const room = { cpu: "1k", memory: "1Ti", pods: "1M", "ephemeral-storage": "1Ti" };

function node(name: string, zone: string, index: number): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      annotations: { "kwok.x-k8s.io/node": "fake" },
      labels: {
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "node.kubernetes.io/instance-type": "m6i.xlarge",
        "topology.kubernetes.io/region": zone.slice(0, -1),
        "topology.kubernetes.io/zone": zone,
        ...(index === 0 ? { "node-role.kubernetes.io/control-plane": "" } : {}),
      },
    },
    spec: { providerID: `aws:///${zone}/i-0123456789abcde0${index}` },
  };
}

const parallel = 6;

async function applyAll(
  api: Api,
  objects: readonly KubeObject[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const queue = [...objects];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      throwIfCancelled(signal);
      await apply(api, next, signal);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

/** The API server makes kube-public by itself, a moment after it is ready. */
async function applyWhenNamespaceExists(
  api: Api,
  object: KubeObject,
  signal: AbortSignal | undefined,
): Promise<void> {
  await until(signal, `Namespace ${object.metadata.namespace}`, async () => {
    const { status } = await api.call("GET", `/api/v1/namespaces/${object.metadata.namespace}`, { signal });
    return status === 200;
  });
  await apply(api, object, signal);
}

interface DefinitionList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  }[];
}

async function waitEstablished(
  api: Api,
  names: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  await until(signal, "CustomResourceDefinitions", async () => {
    const { body } = await api.call(
      "GET",
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?resourceVersion=0",
      { signal },
    );
    const established = (JSON.parse(body) as DefinitionList).items.filter(
      ({ metadata, status }) =>
        names.has(metadata.name) &&
        status?.conditions?.some(({ type, status }) => type === "Established" && status === "True"),
    );
    return established.length === names.size;
  });
}

async function until(
  signal: AbortSignal | undefined,
  what: string,
  condition: () => Promise<boolean>,
  limitMs = 180_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    throwIfCancelled(signal);
    if (performance.now() > deadline) {
      throw new Error(`${what} did not appear within ${limitMs / 1000} s`);
    }
    await sleep(100);
  }
}
