import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request as plainRequest, type ServerResponse } from "node:http";
import { request } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { parse } from "yaml";

/** What happens to the write that a cut counts down to. */
export type Cut = "before" | "after";

/** A way to the API server, on 127.0.0.1, that can be cut like a network. */
export interface CuttableWay {
  /** A kubeconfig that leads through it. */
  readonly kubeconfig: string;
  readonly context: string;
  /**
   * Lets `writes` more writes through, then cuts: the next one is lost before it reaches the server, or its
   * answer is lost after.
   */
  cutAfter(writes: number, how: Cut): void;
  /** Cuts now: nothing comes through, open connections end. */
  cut(): void;
  restore(): void;
  /** Writes that reached the server since the last `cutAfter`. */
  readonly writes: number;
  close(): Promise<void>;
}

interface Upstream {
  readonly server: URL;
  readonly ca: Buffer;
  readonly token: string;
}

/** Opens a way to the API server of a kubeconfig with a token in it; its own kubeconfig goes to `file`. */
export async function openWay(kubeconfig: string, file: string): Promise<CuttableWay> {
  const upstream = await readUpstream(kubeconfig);
  const sockets = new Set<Socket>();
  let isCut = false;
  let writes = 0;
  let allowed = Number.POSITIVE_INFINITY;
  let how: Cut = "before";

  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  const server = createServer((from, to) => {
    if (isCut) {
      from.socket.destroy();
      return;
    }
    const isWrite = from.method !== "GET" && !(from.url ?? "").includes("dryRun=All");
    if (isWrite) {
      if (writes >= allowed && how === "before") {
        cut();
        return;
      }
      writes++;
      if (writes > allowed) {
        forward(upstream, from, undefined, cut);
        return;
      }
    }
    forward(upstream, from, to, () => {});
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    if (isCut) {
      socket.destroy();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const context = "cuttable";
  await writeFile(
    file,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "way", cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name: "nobody", user: {} }],
      contexts: [{ name: context, context: { cluster: "way", user: "nobody" } }],
      "current-context": context,
    }),
  );
  return {
    kubeconfig: file,
    context,
    cut,
    cutAfter: (count, kind) => {
      writes = 0;
      allowed = count;
      how = kind;
    },
    restore: () => {
      isCut = false;
      allowed = Number.POSITIVE_INFINITY;
    },
    get writes() {
      return writes;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

/** Passes a request on; without `to` the answer goes nowhere and `done` is called when it is there. */
function forward(
  { server, ca, token }: Upstream,
  from: IncomingMessage,
  to: ServerResponse | undefined,
  done: () => void,
): void {
  const send = server.protocol === "https:" ? request : plainRequest;
  const up = send(
    new URL(from.url ?? "/", server),
    {
      method: from.method,
      ca,
      headers: { ...from.headers, host: server.host, authorization: `Bearer ${token}` },
    },
    (answer) => {
      if (to === undefined) {
        answer.resume().on("end", done);
        return;
      }
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      // A watch without events is an answer without a body.
      to.flushHeaders();
      answer.on("error", () => to.destroy());
      answer.pipe(to);
    },
  );
  up.on("error", () => (to === undefined ? done() : to.destroy()));
  to?.on("close", () => up.destroy());
  from.pipe(up);
}

async function readUpstream(kubeconfig: string): Promise<Upstream> {
  const config = parse(await readFile(kubeconfig, "utf8")) as {
    clusters: { cluster: Record<string, string> }[];
    users: { user: Record<string, string> }[];
  };
  const cluster = config.clusters[0]?.cluster ?? {};
  const data = cluster["certificate-authority-data"];
  return {
    server: new URL(cluster.server ?? ""),
    ca:
      data === undefined
        ? await readFile(cluster["certificate-authority"] ?? "")
        : Buffer.from(data, "base64"),
    token: config.users[0]?.user.token ?? "",
  };
}
