import { PaletteError } from "../../src/shared/errors.ts";
import type { Binaries } from "../build/build.ts";
import { clusterPorts } from "../build/devProvider.ts";
import type { Tracker } from "../build/tracker.ts";
import { apiOf } from "../cluster/api.ts";
import { prepareManagement, prepareWorkload } from "../cluster/prepare.ts";
import { throwIfCancelled } from "../errors.ts";
import type { Manifests } from "../manifests/render.ts";
import { isAlive } from "../processes/stop.ts";
import {
  addressOf,
  type Component,
  managementComponents,
  type Ports,
  portNames,
  workloadComponents,
} from "./components.ts";
import { type Credentials, provideCredentials } from "./credentials.ts";
import { linkTo, privateFolder, writePrivate } from "./files.ts";
import { waitReady } from "./health.ts";
import { kubeconfigText } from "./kubeconfig.ts";
import { type Layout, managementContext, workloadContext } from "./layout.ts";
import { lastLines } from "./logs.ts";
import { choosePorts, clusterPortRange, isPortFree, portRange } from "./ports.ts";
import type { ProcessRecord } from "./state.ts";
import type { Supervisor } from "./supervisor.ts";

/** What an error says about a start that did not come to its end. */
export const afterwards = "What was started is stopped again; the data is kept.";

/** How long a component may take to be ready; far more than it takes on a slow machine. */
const readyLimitMs = 90_000;

/** How long one that ran before may take to answer, before it counts as hanging. */
const hangLimitMs = 10_000;

/** One start of a plane: four steps of `tracker`, each of which brings up what the next one needs. */
export class Start {
  readonly #layout: Layout;
  readonly #supervisor: Supervisor;
  readonly #binaries: Binaries;
  readonly #tracker: Tracker;
  readonly #signal: AbortSignal | undefined;

  constructor(
    layout: Layout,
    supervisor: Supervisor,
    binaries: Binaries,
    tracker: Tracker,
    signal: AbortSignal | undefined,
  ) {
    this.#layout = layout;
    this.#supervisor = supervisor;
    this.#binaries = binaries;
    this.#tracker = tracker;
    this.#signal = signal;
  }

  async run(manifests: readonly Manifests[], stages: string | undefined): Promise<void> {
    await privateFolder(this.#layout.logs);
    const credentials = await provideCredentials(this.#layout);
    const ports = await this.#ports(stages !== undefined);
    await linkTo(this.#binaries.kubectl, this.#layout.kubectl);
    await this.#writeKubeconfigs(ports, credentials, stages !== undefined);
    const management = managementComponents(this.#layout, ports);
    const second = stages === undefined ? [] : workloadComponents(this.#layout, ports, stages);
    const isServer = ({ engine }: Component) => engine === "kube-apiserver";
    const etcd = management.filter(({ engine }) => engine === "etcd");
    const servers = [...management, ...second].filter(isServer);
    const controllers = [...management, ...second].filter(
      (component) => !etcd.includes(component) && !servers.includes(component),
    );

    await this.#tracker.step(() => this.#ready(etcd, credentials));
    await this.#tracker.step(() => this.#ready(servers, credentials));
    await this.#tracker.step(() => this.#prepare(ports, credentials, manifests, stages !== undefined));
    await this.#tracker.step(() => this.#ready(controllers, credentials));
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
    await writePrivate(
      this.#layout.kubeconfig,
      kubeconfigText(managementContext, addressOf(ports, "kube-apiserver"), credentials),
    );
    if (workload) {
      await writePrivate(
        this.#layout.workloadKubeconfig,
        kubeconfigText(workloadContext, addressOf(ports, "workload-kube-apiserver"), credentials),
      );
    }
  }

  async #prepare(
    ports: Ports,
    credentials: Credentials,
    manifests: readonly Manifests[],
    workload: boolean,
  ): Promise<void> {
    const api = apiOf(ports["kube-apiserver"] ?? 0, credentials);
    const second = apiOf(ports["workload-kube-apiserver"] ?? 0, credentials);
    try {
      await Promise.all([
        prepareManagement(api, manifests, ports, credentials.ca, this.#signal),
        workload ? prepareWorkload(second, this.#signal) : undefined,
      ]);
    } finally {
      api.close();
      second.close();
    }
  }

  /** Starts components side by side and waits until all are ready. */
  async #ready(components: readonly Component[], credentials: Credentials): Promise<void> {
    const pending: { component: Component; record: ProcessRecord; started: boolean }[] = [];
    for (const component of components) {
      throwIfCancelled(this.#signal);
      pending.push({ component, ...(await this.#supervisor.ensure(component, this.#binaries, credentials)) });
    }
    // One after the other: all have started, and the record is written by one at a time.
    for (const { component, record, started } of pending) {
      const hangs = !started && (await waitReady(record, credentials, hangLimitMs, this.#signal)) !== "ready";
      const current = hangs ? await this.#supervisor.restart(component, this.#binaries, credentials) : record;
      const result = await waitReady(current, credentials, readyLimitMs, this.#signal);
      if (result !== "ready") {
        throw await notReady(component.name, current, result);
      }
    }
  }
}

async function notReady(
  name: string,
  { log }: ProcessRecord,
  result: "died" | "late",
): Promise<PaletteError> {
  return new PaletteError(
    "Unreachable",
    result === "died"
      ? `${name} ended while the local management cluster started`
      : `${name} was not ready within ${readyLimitMs / 1000} s`,
    { engine: (await lastLines(log, 3)).join("\n"), next: `${afterwards} Its log: ${log}` },
  );
}
