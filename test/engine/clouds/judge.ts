import type { ManagementCluster } from "../../../src/kube/index.ts";
import { describeError, isPaletteError } from "../../../src/shared/errors.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";
import { NOT_ON_PROXY } from "./definitions.ts";

/** What a server says to objects that it would store. */
export interface Judgement {
  /** One line each: the object and the server's words. */
  readonly refusals: readonly string[];
  /** Kinds of providers that are not on the Go proxy, as `PROVIDER KIND`; no server has judged them. */
  readonly notJudged: readonly string[];
}

/** Asks a server to store each object and to forget it again (`dryRun=All`, with all webhooks). */
export async function judge(
  management: ManagementCluster,
  objects: readonly KubeObject[],
): Promise<Judgement> {
  await provideNamespaces(management, objects);
  const refusals: string[] = [];
  const notJudged = new Set<string>();
  for (const object of objects) {
    try {
      await management.apply(object, { dryRun: true });
    } catch (error) {
      const kind = `${object.apiVersion.split("/")[0]} ${object.kind}`;
      const [provider] = Object.entries(NOT_ON_PROXY).find(([, kinds]) => kinds.test(kind)) ?? [];
      if (provider !== undefined && isPaletteError(error, "Prerequisite")) {
        notJudged.add(`${provider} ${object.kind}`);
      } else {
        refusals.push(`${object.kind} ${object.metadata.name}: ${describeError(error)}`);
      }
    }
  }
  return { refusals, notJudged: [...notJudged].sort() };
}

/** Objects are judged in a namespace that is there: who creates a cluster has it already. */
async function provideNamespaces(
  management: ManagementCluster,
  objects: readonly KubeObject[],
): Promise<void> {
  const names = new Set(objects.map(({ metadata }) => metadata.namespace));
  for (const name of names) {
    if (name !== undefined && name !== "default") {
      await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
    }
  }
}
