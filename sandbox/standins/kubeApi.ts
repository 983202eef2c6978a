import { Agent, request } from "node:https";
import { parse } from "yaml";

/** How long an API server may take to answer. */
const TIMEOUT_MS = 10_000;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An API server by a kubeconfig with a token or a client certificate, as the sandbox and an import write them. */
export interface KubeApi {
  readonly kubeconfig: Kubeconfig;
  /** Throws where there is no answer; an answer that is an error is given. */
  call(method: "GET" | "POST" | "PATCH", path: string, body?: unknown): Promise<Answer>;
  close(): void;
}

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: {
      readonly server: string;
      readonly "certificate-authority-data"?: string;
      readonly "tls-server-name"?: string;
    };
  }[];
  readonly users: readonly {
    readonly user: {
      readonly token?: string;
      readonly "client-certificate-data"?: string;
      readonly "client-key-data"?: string;
    };
  }[];
}

/** Connects by the text of a kubeconfig. Throws where it names no server. */
export function kubeApi(text: string): KubeApi {
  const kubeconfig = parse(text) as Kubeconfig;
  const cluster = kubeconfig.clusters[0]?.cluster;
  if (cluster === undefined) {
    throw new Error("the kubeconfig names no cluster");
  }
  const user = kubeconfig.users[0]?.user ?? {};
  const decoded = (base64: string) => Buffer.from(base64, "base64").toString("utf8");
  const authority = cluster["certificate-authority-data"];
  const { "client-certificate-data": certificate, "client-key-data": key } = user;
  const agent = new Agent({
    keepAlive: true,
    ...(authority === undefined ? {} : { ca: decoded(authority) }),
    ...(certificate === undefined || key === undefined
      ? {}
      : { cert: decoded(certificate), key: decoded(key) }),
    ...(cluster["tls-server-name"] === undefined ? {} : { servername: cluster["tls-server-name"] }),
  });
  const server = cluster.server.replace(/\/+$/, "");
  return {
    kubeconfig,
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : JSON.stringify(body);
        const req = request(
          `${server}${path}`,
          {
            method,
            agent,
            timeout: TIMEOUT_MS,
            headers: {
              ...(user.token === undefined ? {} : { authorization: `Bearer ${user.token}` }),
              accept: "application/json",
              ...(text === undefined
                ? {}
                : {
                    "content-type": method === "PATCH" ? "application/merge-patch+json" : "application/json",
                    "content-length": Buffer.byteLength(text),
                  }),
            },
          },
          (res) => {
            const chunks: Buffer[] = [];
            res.on("data", (chunk: Buffer) => chunks.push(chunk));
            res.on("error", reject);
            res.on("end", () =>
              resolve({ status: res.statusCode ?? 0, body: jsonOf(Buffer.concat(chunks).toString("utf8")) }),
            );
          },
        );
        req.on("error", reject);
        req.on("timeout", () => req.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
        req.end(text);
      }),
    close: () => agent.destroy(),
  };
}

/** What an API server says is wrong. */
export function messageOf({ status, body }: Answer): string {
  const { message } = (typeof body === "object" && body !== null ? body : {}) as { message?: string };
  return message ?? `HTTP ${status}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
