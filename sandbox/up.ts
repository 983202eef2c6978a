import { isPaletteError, PaletteError } from "../src/shared/errors.ts";
import { type Binaries, buildEngines } from "./build/build.ts";
import { clusterPorts } from "./build/devProvider.ts";
import { apiOf } from "./cluster/api.ts";
import { prepareManagement, prepareWorkload } from "./cluster/prepare.ts";
import { cancelled, throwIfCancelled } from "./errors.ts";
import { withLock } from "./lock.ts";
import { kwokStages, type Manifests, managementManifests } from "./manifests/render.ts";
import type { Folders } from "./paths.ts";
import {
  type Component,
  managementComponents,
  type Ports,
  portNames,
  workloadComponents,
} from "./plane/components.ts";
import { type Credentials, provideCredentials } from "./plane/credentials.ts";
import { privateFolder, writePrivate } from "./plane/files.ts";
import { waitReady } from "./plane/health.ts";
import { kubeconfigText } from "./plane/kubeconfig.ts";
import { type Layout, layoutOf, managementContext, workloadContext } from "./plane/layout.ts";
import { lastLines } from "./plane/logs.ts";
import { choosePorts, clusterPortRange, isPortFree, portRange } from "./plane/ports.ts";
import type { ProcessRecord } from "./plane/state.ts";
import { Supervisor } from "./plane/supervisor.ts";
import { isAlive } from "./processes/stop.ts";
import type { Progress, TaskOptions } from "./progress.ts";
import { type SandboxStatus, statusOf } from "./status.ts";

export interface UpOptions extends TaskOptions {
  /** Also the second cluster. One that runs already goes on without this as well. */
  readonly workload?: boolean | undefined;
}

/** How long a component may take to be ready; far more than it takes on a slow machine. */
const readyLimitMs = 90_000;

/** Seconds that the steps of a start take on two cores, for its progress. */
const startSteps = [
  { name: "Starting etcd", seconds: 1 },
  { name: "Starting the API server", seconds: 5 },
  { name: "Writing the Cluster API definitions", seconds: 3 },
  { name: "Starting the controllers", seconds: 4 },
] as const;

/**
 * Builds what is missing and brings the plane up, or what of it does not run; does nothing where all is well.
 * Throws `Prerequisite`, `Unreachable`, `Refused` or `Cancelled`; what it had started is then stopped again, the data stays.
 */
export async function startPlane(folders: Folders, options: UpOptions): Promise<SandboxStatus> {
  const layout = layoutOf(folders.state);
  await privateFolder(folders.state);
  return withLock(folders.state, options, "start or stop", async () => {
    const supervisor = await Supervisor.open(layout);
    const workload =
      options.workload === true || supervisor.records.some(({ name }) => name.startsWith("workload-"));
    const binaries = await buildEngines(folders.engines, { ...options, workload });
    const [manifests, stages] = await Promise.all([
      managementManifests(folders.engines, binaries.kubectl, options.signal),
      workload ? kwokStages(folders.engines, binaries.kubectl, options.signal) : "",
    ]);
    try {
      await new Start(layout, supervisor, binaries, options).run(manifests, workload ? stages : undefined);
    } catch (error) {
      await supervisor.stopStarted();
      throw explain(error);
    }
    return statusOf(layout);
  });
}

function explain(error: unknown): unknown {
  if (isPaletteError(error, "Cancelled") || (error instanceof Error && error.name === "AbortError")) {
    return cancelled("What was started is stopped again; the data is kept.");
  }
  return error;
}

/** One start of a plane. */
class Start {
  readonly #layout: Layout;
  readonly #supervisor: Supervisor;
  readonly #binaries: Binaries;
  readonly #options: UpOptions;

  constructor(layout: Layout, supervisor: Supervisor, binaries: Binaries, options: UpOptions) {
    this.#layout = layout;
    this.#supervisor = supervisor;
    this.#binaries = binaries;
    this.#options = options;
  }

  async run(manifests: readonly Manifests[], stages: string | undefined): Promise<void> {
    await privateFolder(this.#layout.logs);
    const credentials = await provideCredentials(this.#layout);
    const ports = await this.#ports(stages !== undefined);
    await this.#writeKubeconfigs(ports, credentials, stages !== undefined);
    const management = managementComponents(this.#layout, ports);
    const second = stages === undefined ? [] : workloadComponents(this.#layout, ports, stages);
    const isServer = ({ engine }: Component) => engine === "kube-apiserver";
    const etcd = management.filter(({ engine }) => engine === "etcd");
    const servers = [...management, ...second].filter(isServer);
    const controllers = [...management, ...second].filter(
      (component) => !etcd.includes(component) && !servers.includes(component),
    );

    this.#report(0);
    await this.#ready(etcd, credentials);
    this.#report(1);
    await this.#ready(servers, credentials);
    this.#report(2);
    await this.#prepare(ports, credentials, manifests, stages !== undefined);
    this.#report(3);
    await this.#ready(controllers, credentials);
  }

  /** Free ports, but those that a running component has. */
  async #ports(workload: boolean): Promise<Ports> {
    const before = this.#supervisor.ports;
    const owners = new Set<string>();
    for (const record of this.#supervisor.records) {
      if (await isAlive(record)) {
        owners.add(record.name);
      }
    }
    const held = new Set(
      Object.entries(before)
        .filter(
          ([name]) =>
            owners.has(name.split("/")[0] ?? name) || (name === "cluster" && owners.has("capi-dev")),
        )
        .map(([, port]) => port),
    );
    const isFree = async (port: number) => held.has(port) || (await isPortFree(port));
    const ports = {
      ...(await choosePorts(portNames({ workload }), before, portRange, 1, isFree)),
      ...(await choosePorts(["cluster"], before, clusterPortRange, clusterPorts, isFree)),
    };
    await this.#supervisor.keepPorts(ports);
    return ports;
  }

  async #writeKubeconfigs(ports: Ports, credentials: Credentials, workload: boolean): Promise<void> {
    const address = (name: string) => `https://127.0.0.1:${ports[name]}`;
    await writePrivate(
      this.#layout.kubeconfig,
      kubeconfigText(managementContext, address("kube-apiserver"), credentials),
    );
    if (workload) {
      await writePrivate(
        this.#layout.workloadKubeconfig,
        kubeconfigText(workloadContext, address("workload-kube-apiserver"), credentials),
      );
    }
  }

  async #prepare(
    ports: Ports,
    credentials: Credentials,
    manifests: readonly Manifests[],
    workload: boolean,
  ): Promise<void> {
    const { signal } = this.#options;
    const api = apiOf(ports["kube-apiserver"] ?? 0, credentials);
    const second = apiOf(ports["workload-kube-apiserver"] ?? 0, credentials);
    try {
      await Promise.all([
        prepareManagement(api, manifests, ports, credentials.ca, signal),
        workload ? prepareWorkload(second, signal) : undefined,
      ]);
    } finally {
      api.close();
      second.close();
    }
  }

  /** Starts components side by side and waits until all are ready; one that runs and is not ready is started anew. */
  async #ready(components: readonly Component[], credentials: Credentials): Promise<void> {
    const pending: { component: Component; record: ProcessRecord; started: boolean }[] = [];
    for (const component of components) {
      throwIfCancelled(this.#options.signal);
      pending.push({ component, ...(await this.#supervisor.ensure(component, this.#binaries)) });
    }
    await Promise.all(
      pending.map(async ({ component, record }) => {
        const result = await waitReady(record, credentials, readyLimitMs, this.#options.signal);
        if (result !== "ready") {
          throw new PaletteError(
            "Unreachable",
            result === "died"
              ? `${component.name} ended while the local management cluster started`
              : `${component.name} was not ready within ${readyLimitMs / 1000} s`,
            {
              engine: (await lastLines(record.log, 3)).join("\n"),
              next: `What was started is stopped again, the data is kept. Its log: ${record.log}`,
            },
          );
        }
      }),
    );
  }

  #report(index: number): void {
    const total = startSteps.reduce((sum, { seconds }) => sum + seconds, 0);
    const done = startSteps.slice(0, index).reduce((sum, { seconds }) => sum + seconds, 0);
    const progress: Progress = {
      step: startSteps[index]?.name ?? "",
      done,
      total,
      remainingSeconds: total - done,
    };
    this.#options.onProgress?.(progress);
  }
}
