import { setTimeout as sleep } from "node:timers/promises";
import { type SandboxStatus, up } from "../../../sandbox/index.ts";
import { connect, type ManagementCluster } from "../../../src/kube/index.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { temporaryHome } from "../engines.ts";
import { providerDefinitions } from "./definitions.ts";

const DEFINITION = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
/** Requests under way at once: the server judges on two cores. */
const PARALLEL = 8;
/** CRDs are served within seconds where the machine does nothing else. */
const LIMIT_MS = 180_000;

/** One real API server with Cluster API's CRDs and webhooks and every provider's CRDs. */
export interface CloudServer {
  readonly status: SandboxStatus;
  readonly management: ManagementCluster;
  /** Stops the plane and deletes it. */
  end(): Promise<void>;
}

/**
 * Starts a plane of its own, never the shared one, whose tests expect to find only the provider that is running
 * there, and gives it the CRDs of all other providers.
 */
export async function startCloudServer(more: readonly KubeObject[] = []): Promise<CloudServer> {
  const home = await temporaryHome();
  try {
    const [status, definitions] = await Promise.all([up(), providerDefinitions()]);
    const management = await connectTo(status);
    await addDefinitions(management, [...definitions, ...more]);
    return {
      status,
      management,
      async end() {
        management.close();
        await home.end();
      },
    };
  } catch (error) {
    await home.end();
    throw error;
  }
}

function connectTo({ kubeconfig, context }: SandboxStatus): Promise<ManagementCluster> {
  return connect({ path: kubeconfig, context }, { allowExec: async () => false });
}

/** Writes CRDs and waits until the server serves them. */
async function addDefinitions(
  management: ManagementCluster,
  definitions: readonly KubeObject[],
): Promise<void> {
  await inParallel(definitions, (definition) => management.apply(definition));
  const wanted = new Set(definitions.map(({ metadata }) => metadata.name));
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const waiting = (await management.list(DEFINITION)).filter(
      ({ metadata, status }) => wanted.has(metadata.name) && !isEstablished(status),
    );
    if (waiting.length === 0) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Not served after three minutes: ${waiting.map(({ metadata }) => metadata.name).join(", ")}`,
      );
    }
    await sleep(200);
  }
}

function isEstablished(status: unknown): boolean {
  const { conditions } = (status ?? {}) as { conditions?: { type: string; status: string }[] | null };
  return (
    conditions?.some((condition) => condition.type === "Established" && condition.status === "True") === true
  );
}

/** Runs `work` for each item, some at once, and gives the results in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) {
      results[i] = await work(items[i] as Item);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}
