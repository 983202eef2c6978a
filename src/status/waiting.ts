import type { KubeObject } from "../shared/kubernetes.ts";
import { deepestCause } from "./cause.ts";
import { isTrue } from "./conditions.ts";

/** What machines wait for themselves; that the cluster is not there yet is said already. */
export function waitingFor(machines: readonly KubeObject[]): string | undefined {
  const message = deepestCause(machines.filter((machine) => !isTrue(machine, "Ready")))?.message;
  return message === undefined || /control plane to be initialized/i.test(message) ? undefined : message;
}
