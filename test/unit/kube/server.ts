import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectOptions, connect, type ManagementCluster } from "../../../src/kube/index.ts";

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** An API server that answers what a test says, for behavior of the transport only. */
export class FakeServer {
  readonly #server: Server;
  readonly #folder: string;
  readonly #sockets = new Set<Socket>();
  /** Every request as `METHOD path?query`, without discovery and the look for the sandbox's mark. */
  readonly requests: string[] = [];
  readonly headers: IncomingMessage["headers"][] = [];
  connections = 0;
  answer: Answer = (_, response) => void response.writeHead(404).end("{}");

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  static async start(): Promise<FakeServer> {
    const server = createServer();
    const fake = new FakeServer(server, await mkdtemp(join(tmpdir(), "palette-kube-")));
    server.on("connection", (socket) => {
      fake.connections++;
      fake.#sockets.add(socket);
      socket.on("close", () => fake.#sockets.delete(socket));
    });
    server.on("request", (request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => fake.#handle(request, response, body));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return fake;
  }

  #handle(request: IncomingMessage, response: ServerResponse, body: string): void {
    const url = request.url ?? "";
    if (url.startsWith("/api/v1/namespaces/kube-public/")) {
      response.writeHead(404).end(JSON.stringify({ kind: "Status", reason: "NotFound" }));
    } else if (url === "/api/v1") {
      const resources = [{ name: "configmaps", kind: "ConfigMap", namespaced: true }];
      response.end(JSON.stringify({ resources }));
    } else {
      this.requests.push(`${request.method} ${url}`);
      this.headers.push(request.headers);
      this.answer(request, response, body);
    }
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Writes a kubeconfig with one user to a file of its own, and gives its path. */
  async kubeconfig(user: object = {}, cluster: object = {}): Promise<string> {
    const path = join(this.#folder, `${Math.random().toString(36).slice(2)}.yaml`);
    await writeFile(
      path,
      JSON.stringify({
        clusters: [{ name: "c", cluster: { server: this.url, ...cluster } }],
        users: [{ name: "u", user }],
        contexts: [{ name: "mgmt", context: { cluster: "c", user: "u" } }],
        "current-context": "mgmt",
      }),
    );
    return path;
  }

  async connect(user: object = {}, options: Partial<ConnectOptions> = {}): Promise<ManagementCluster> {
    const path = await this.kubeconfig(user);
    return connect({ path, context: "mgmt" }, { allowExec: async () => false, ...options });
  }

  /** A file in the folder of this server. */
  file(name: string): string {
    return join(this.#folder, name);
  }

  /** Ends every open connection, as a network does. */
  drop(): void {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
  }

  async stop(): Promise<void> {
    this.drop();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap" };

export function configMap(name: string, resourceVersion = "1") {
  return { ...CONFIG_MAP, metadata: { name, namespace: "default", resourceVersion } };
}
