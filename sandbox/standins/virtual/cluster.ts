import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { apiOf } from "../../cluster/api.ts";
import { prepareWorkload } from "../../cluster/prepare.ts";
import {
  addressOf,
  clusterComponents,
  clusterNames,
  type Ports,
  type Programs,
  type Storage,
} from "../../plane/components.ts";
import { administrator, type Credentials, provideCredentials } from "../../plane/credentials.ts";
import { privateFolder, writePrivate } from "../../plane/files.ts";
import { kubeconfigText } from "../../plane/kubeconfig.ts";
import { type Layout, layoutOf } from "../../plane/layout.ts";
import { choosePorts, portRange } from "../../plane/ports.ts";
import { heldPorts, startReady } from "../../plane/ready.ts";
import { Supervisor } from "../../plane/supervisor.ts";
import { isAlive } from "../../processes/stop.ts";
import { deleteCluster } from "./etcd.ts";
import type { Access } from "./objects.ts";
import type { PortBook } from "./portBook.ts";

/** What all virtual clusters of a plane share. */
export interface Host {
  /** The plane's. */
  readonly layout: Layout;
  readonly etcd: string;
  readonly stages: string;
  readonly programs: Programs;
  readonly ports: PortBook;
  readonly signal: AbortSignal;
}

/**
 * One virtual cluster: processes of its own as the second cluster has them, in a folder of its own, its data under its
 * own prefix in the plane's etcd. What an earlier run of the stand-in started is taken up.
 */
export class VirtualCluster {
  readonly #host: Host;
  readonly #layout: Layout;
  readonly #storage: Storage;
  readonly #supervisor: Supervisor;
  readonly #uid: string;
  #access: Access | undefined;

  private constructor(host: Host, uid: string, layout: Layout, supervisor: Supervisor) {
    this.#host = host;
    this.#uid = uid;
    this.#layout = layout;
    this.#supervisor = supervisor;
    this.#storage = {
      server: host.etcd,
      prefix: `/virtual/${uid}`,
      ca: host.layout.ca,
      certificate: host.layout.etcdCertificate,
      key: host.layout.etcdKey,
    };
  }

  static async open(host: Host, uid: string): Promise<VirtualCluster> {
    const layout = layoutOf(join(host.layout.virtual, uid));
    const supervisor = await Supervisor.open(layout);
    host.ports.keep(uid, supervisor.ports);
    return new VirtualCluster(host, uid, layout, supervisor);
  }

  /** Starts what does not run. Gives how to reach it, once it is ready. */
  async run(): Promise<Access> {
    if (this.#access === undefined || !(await this.#allRun())) {
      this.#access = await this.#start();
    }
    return this.#access;
  }

  /** Ends its processes; the data stay. */
  async pause(): Promise<void> {
    this.#access = undefined;
    await this.#supervisor.stop(this.#supervisor.records.map(({ name }) => name));
  }

  /** Ends it and deletes all that is of it. */
  async remove(): Promise<void> {
    await this.pause();
    const [ca = "", cert = "", key = ""] = await texts(
      this.#storage.ca,
      this.#storage.certificate,
      this.#storage.key,
    );
    await deleteCluster(this.#storage, { ca, cert, key });
    await rm(this.#layout.state, { recursive: true, force: true });
    this.#host.ports.forget(this.#uid);
  }

  async #allRun(): Promise<boolean> {
    const { records } = this.#supervisor;
    const alive = await Promise.all(records.map(isAlive));
    return records.length === clusterNames.length && alive.every(Boolean);
  }

  async #start(): Promise<Access> {
    const { signal, programs, stages } = this.#host;
    await privateFolder(this.#layout.logs);
    const client = administrator(this.#layout);
    const credentials = await provideCredentials(this.#layout, client);
    const ports = await this.#ports();
    const server = addressOf(ports, "workload-kube-apiserver");
    await writePrivate(this.#layout.workloadKubeconfig, kubeconfigText("virtual", server, credentials));
    const all = clusterComponents(this.#layout, ports, stages, this.#storage);
    const isServer = ({ engine }: (typeof all)[number]) => engine === "kube-apiserver";
    await startReady(all.filter(isServer), this.#supervisor, programs, credentials, signal);
    await this.#prepare(ports, credentials);
    const controllers = all.filter((component) => !isServer(component));
    await startReady(controllers, this.#supervisor, programs, credentials, signal);
    const [certificate = "", key = ""] = await texts(client.certificate, client.key);
    return { server, ca: credentials.ca, certificate, key };
  }

  /** Those it had, where they are still free or its own. */
  async #ports(): Promise<Ports> {
    const held = await heldPorts(this.#supervisor);
    const isFree = (port: number) => this.#host.ports.take(this.#uid, port, held.has(port));
    const ports = await choosePorts(clusterNames, this.#supervisor.ports, portRange, 1, isFree);
    await this.#supervisor.keepPorts(ports);
    return ports;
  }

  /** Gives it nodes for pods, as vCluster shows those of its host. */
  async #prepare(ports: Ports, credentials: Credentials): Promise<void> {
    const api = apiOf(ports["workload-kube-apiserver"] ?? 0, credentials);
    try {
      await prepareWorkload(api, this.#host.signal);
    } finally {
      api.close();
    }
  }
}

async function texts(...paths: readonly string[]): Promise<string[]> {
  return Promise.all(paths.map((path) => readFile(path, "utf8")));
}
