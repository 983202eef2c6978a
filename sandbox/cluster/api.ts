import { Agent, request } from "node:https";
import type { KubeObject } from "../../src/shared/kubernetes.ts";
import type { Credentials } from "../plane/credentials.ts";

/** What an API server answered. */
interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The few calls that the sandbox makes to an API server of its own; the product's client is in src/kube. */
export interface Api {
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  close(): void;
}

interface CallOptions {
  readonly body?: string;
  readonly contentType?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Plural and scope of the kinds that the sandbox writes. */
const resources: Readonly<Record<string, string>> = {
  Namespace: "/api/v1/namespaces",
  Node: "/api/v1/nodes",
  PersistentVolume: "/api/v1/persistentvolumes",
  Secret: "/api/v1/namespaces/{namespace}/secrets",
  ConfigMap: "/api/v1/namespaces/{namespace}/configmaps",
  CustomResourceDefinition: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
  MutatingWebhookConfiguration: "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
  ValidatingWebhookConfiguration: "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
};

/** Connections to an API server on this machine. */
export function apiOf(port: number, { ca, token }: Credentials): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca });
  return {
    call: (method, path, { body, contentType = "application/json", timeoutMs = 10_000, signal } = {}) =>
      new Promise((resolve, reject) => {
        const req = request(
          {
            host: "127.0.0.1",
            port,
            method,
            path,
            agent,
            timeout: timeoutMs,
            signal,
            headers: {
              authorization: `Bearer ${token}`,
              accept: "application/json",
              ...(body === undefined
                ? {}
                : { "content-type": contentType, "content-length": Buffer.byteLength(body) }),
            },
          },
          (res) => {
            const chunks: Buffer[] = [];
            res.on("data", (chunk: Buffer) => chunks.push(chunk));
            res.on("error", reject);
            res.on("end", () =>
              resolve({ status: res.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
            );
          },
        );
        req.on("error", reject);
        req.on("timeout", () => req.destroy(new Error(`No answer within ${timeoutMs} ms`)));
        req.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Where an object lives. Throws for a kind that the sandbox does not write. */
function pathOf({ kind, metadata }: KubeObject): string {
  const path = resources[kind];
  if (path === undefined) {
    throw new Error(`The sandbox does not write objects of kind ${kind}.`);
  }
  return `${path.replace("{namespace}", metadata.namespace ?? "default")}/${metadata.name}`;
}

/** Server-side apply of one object. Throws with the server's words when it refuses. */
export async function apply(api: Api, object: KubeObject, signal: AbortSignal | undefined): Promise<void> {
  const { status, body } = await api.call(
    "PATCH",
    `${pathOf(object)}?fieldManager=palette-sandbox&force=true`,
    { body: JSON.stringify(object), contentType: "application/apply-patch+yaml", timeoutMs: 30_000, signal },
  );
  if (status >= 300) {
    throw new Error(`${object.kind} ${object.metadata.name}: ${messageOf(body)}`);
  }
}

function messageOf(body: string): string {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? body;
  } catch {
    return body;
  }
}
