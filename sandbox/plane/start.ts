import type { Binaries } from "../build/build.ts";
import { clusterPorts } from "../build/devProvider.ts";
import type { Tracker } from "../build/tracker.ts";
import { apiOf } from "../cluster/api.ts";
import { prepareManagement, prepareWorkload } from "../cluster/prepare.ts";
import type { Manifests } from "../manifests/render.ts";
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
import { kubeconfigText } from "./kubeconfig.ts";
import { type Layout, managementContext, workloadContext } from "./layout.ts";
import { choosePorts, clusterPortRange, isPortFree, portRange } from "./ports.ts";
import { heldPorts, startReady } from "./ready.ts";
import type { Supervisor } from "./supervisor.ts";

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
    const second =
      stages === undefined ? [] : workloadComponents(this.#layout, ports, stages, this.#binaries);
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
    const held = await heldPorts(this.#supervisor);
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

  async #ready(components: readonly Component[], credentials: Credentials): Promise<void> {
    await startReady(components, this.#supervisor, this.#binaries, credentials, this.#signal);
  }
}
