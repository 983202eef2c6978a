/** A plane for measuring: many objects, real ones in content, and no controller that changes them. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { parse, parseAllDocuments } from "yaml";
import { type Api, apiOf } from "../../sandbox/cluster/api.ts";
import { type SandboxStatus, up } from "../../sandbox/index.ts";
import type { KubeObject } from "../../src/shared/kubernetes.ts";
import { temporaryHome } from "../engine/engines.ts";

const CAPI = "/apis/cluster.x-k8s.io/v1beta2";
/** What the views follow: kind by plural and path. */
const FOLLOWED = {
  clusters: CAPI,
  kubeadmcontrolplanes: "/apis/controlplane.cluster.x-k8s.io/v1beta2",
  machinedeployments: CAPI,
  machines: CAPI,
} as const;
type Plural = keyof typeof FOLLOWED;

const CONTROL_PLANE = 3;
const WORKERS = 7;
const NAMESPACES = 10;
/** One cluster that Cluster API makes here; the others are copies of it. */
const MODEL = `
apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata: {name: model, namespace: default}
spec:
  controlPlaneRef: {apiGroup: controlplane.cluster.x-k8s.io, kind: KubeadmControlPlane, name: model}
  infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: DevCluster, name: model}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
kind: DevCluster
metadata: {name: model, namespace: default, annotations: {bench: scale}}
spec: {backend: {inMemory: {}}}
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
kind: DevMachineTemplate
metadata: {name: model, namespace: default}
spec: {template: {spec: {backend: {inMemory: {}}}}}
---
apiVersion: controlplane.cluster.x-k8s.io/v1beta2
kind: KubeadmControlPlane
metadata: {name: model, namespace: default}
spec:
  replicas: ${CONTROL_PLANE}
  version: v1.36.4
  machineTemplate:
    spec:
      infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: DevMachineTemplate, name: model}
---
apiVersion: bootstrap.cluster.x-k8s.io/v1beta2
kind: KubeadmConfigTemplate
metadata: {name: model, namespace: default}
spec: {template: {spec: {joinConfiguration: {nodeRegistration: {name: model}}}}}
---
apiVersion: cluster.x-k8s.io/v1beta2
kind: MachineDeployment
metadata: {name: model-workers, namespace: default}
spec:
  clusterName: model
  replicas: ${WORKERS}
  template:
    spec:
      clusterName: model
      version: v1.36.4
      bootstrap:
        configRef: {apiGroup: bootstrap.cluster.x-k8s.io, kind: KubeadmConfigTemplate, name: model}
      infrastructureRef: {apiGroup: infrastructure.cluster.x-k8s.io, kind: DevMachineTemplate, name: model}
`;

/** One API server with many clusters on it that nothing changes. */
export interface ScalePlane {
  readonly status: SandboxStatus;
  readonly objects: number;
  /** Gives a Machine another version, which every way of looking shows. */
  setVersion(cluster: number, machine: number, version: string): Promise<void>;
  end(): Promise<void>;
}

/** Starts it: `clusters` copies of a real in-memory cluster of ten machines, then no controllers and no webhooks. */
export async function startScalePlane(clusters: number): Promise<ScalePlane> {
  const home = await temporaryHome();
  try {
    const status = await up();
    const api = await apiOfStatus(status);
    const model = await makeModel(status, api);
    await stopControllers(status, api);
    await remove(api, model);
    await takeStatusInOneWrite(api);
    const machines = model.machines.map(({ metadata }) => metadata.name);
    await fill(api, model, clusters);
    return {
      status,
      objects: clusters * Object.values(model).flat().length,
      async setVersion(cluster, machine, version) {
        const name = nameIn(machines[machine] ?? "", cluster);
        await call(api, "PATCH", `${CAPI}/namespaces/${namespaceOf(cluster)}/machines/${name}`, {
          spec: { version },
        });
      },
      async end() {
        api.close();
        await home.end();
      },
    };
  } catch (error) {
    await home.end();
    throw error;
  }
}

type Model = Readonly<Record<Plural, readonly KubeObject[]>>;

async function makeModel(status: SandboxStatus, api: Api): Promise<Model> {
  for (const document of parseAllDocuments(MODEL)) {
    const object = document.toJS() as KubeObject;
    const plural = `${object.kind.toLowerCase()}s`;
    await call(api, "POST", `/apis/${object.apiVersion}/namespaces/default/${plural}`, object);
  }
  // Not before the last machine: the copies have ten.
  for (const [kind, state] of [
    ["cluster", "condition=Available"],
    ["kubeadmcontrolplane", `jsonpath={.status.availableReplicas}=${CONTROL_PLANE}`],
    ["machinedeployment", `jsonpath={.status.availableReplicas}=${WORKERS}`],
  ]) {
    const wait = ["wait", `${kind}`, "--all", `--for=${state}`, "--timeout=300s"];
    await promisify(execFile)(status.kubectl, [`--kubeconfig=${status.kubeconfig}`, ...wait]);
  }
  const lists = await Promise.all(
    Object.entries(FOLLOWED).map(async ([plural, path]) => {
      const list = (await call(api, "GET", `${path}/namespaces/default/${plural}`)) as {
        items: KubeObject[];
      };
      return [plural, list.items] as const;
    }),
  );
  return Object.fromEntries(lists) as unknown as Model;
}

/** Ends the processes of the plane's controllers, by the numbers that its own record has, and takes the webhooks away. */
async function stopControllers({ components }: SandboxStatus, api: Api): Promise<void> {
  for (const { name, pid } of components) {
    if (pid !== undefined && name !== "etcd" && name !== "kube-apiserver") {
      process.kill(pid, "SIGKILL");
    }
  }
  for (const kind of ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"]) {
    await call(api, "DELETE", `/apis/admissionregistration.k8s.io/v1/${kind}`);
  }
  await sleep(2_000); // The server hears of its configurations by a watch of its own.
}

async function remove(api: Api, model: Model): Promise<void> {
  for (const [plural, objects] of Object.entries(model)) {
    for (const { metadata } of objects) {
      const path = `${FOLLOWED[plural as Plural]}/namespaces/default/${plural}/${metadata.name}`;
      await call(api, "PATCH", path, { metadata: { finalizers: null } });
      await call(api, "DELETE", path);
    }
  }
}

/** Status comes with the object then, which halves the writes. Nobody else writes to this server any more. */
async function takeStatusInOneWrite(api: Api): Promise<void> {
  for (const [plural, path] of Object.entries(FOLLOWED)) {
    const [, , group] = path.split("/");
    const definition = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.${group}`;
    const { spec } = (await call(api, "GET", definition)) as {
      spec: { versions: readonly Record<string, unknown>[] };
    };
    const versions = spec.versions.map(({ subresources: _, ...version }) => version);
    await call(api, "PATCH", definition, { spec: { versions } });
  }
  await sleep(5_000); // The server takes its definitions in by a watch of its own.
}

async function fill(api: Api, model: Model, clusters: number): Promise<void> {
  for (let i = 0; i < NAMESPACES; i++) {
    await call(api, "POST", "/api/v1/namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespaceOf(i) },
    });
  }
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < clusters; i = next++) {
      for (const [plural, objects] of Object.entries(model)) {
        for (const object of objects) {
          const copy = copyOf(object, i);
          const path = `${FOLLOWED[plural as Plural]}/namespaces/${namespaceOf(i)}/${plural}`;
          await call(api, "POST", path, copy);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** An object of the model as one of cluster `i`: other names, and nothing that the server gives. */
function copyOf(object: KubeObject, i: number): KubeObject {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, ...metadata } = object.metadata;
  const text = JSON.stringify({ ...object, metadata: { ...metadata, managedFields: undefined } });
  return JSON.parse(
    text
      .replaceAll(/"model(-[a-z0-9-]*)?"/g, (_match, rest = "") => `"${nameIn(`model${rest}`, i)}"`)
      .replaceAll('"namespace":"default"', `"namespace":"${namespaceOf(i)}"`),
  ) as KubeObject;
}

function nameIn(name: string, cluster: number): string {
  return name.replace(/^model/, `c-${String(cluster).padStart(4, "0")}`);
}

function namespaceOf(cluster: number): string {
  return `team-${cluster % NAMESPACES}`;
}

async function apiOfStatus({ kubeconfig }: SandboxStatus): Promise<Api> {
  const { clusters, users } = parse(await readFile(kubeconfig, "utf8")) as {
    clusters: { cluster: { server: string; "certificate-authority-data": string } }[];
    users: { user: { token: string } }[];
  };
  const cluster = clusters[0]?.cluster;
  return apiOf(Number(new URL(cluster?.server ?? "").port), {
    ca: Buffer.from(cluster?.["certificate-authority-data"] ?? "", "base64").toString("utf8"),
    token: users[0]?.user.token ?? "",
  });
}

async function call(api: Api, method: string, path: string, body?: unknown): Promise<unknown> {
  const { status, body: answer } = await api.call(method, path, {
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(method === "PATCH" ? { contentType: "application/merge-patch+json" } : {}),
    timeoutMs: 60_000,
  });
  if (status >= 300) {
    throw new Error(`${method} ${path}: ${answer.slice(0, 500)}`);
  }
  return JSON.parse(answer);
}
