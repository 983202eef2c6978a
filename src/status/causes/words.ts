import { type Cause, type Source, sameText } from "../cause.ts";
import { conditionsOf, isLacking } from "../conditions.ts";
import { isControlPlaneMachine, machineOf } from "../parts.ts";
import { providerOf } from "../provider.ts";
import type { Facts } from "./cause.ts";

/**
 * What a cause keeps from happening, as the beginning of a sentence: "AWS does not start 2 worker machines". Machines
 * that say the same are counted together.
 */
export function stopped(cause: Source, facts: Facts): string {
  const { object } = cause;
  const provider = providerOf(object);
  const machine = machineOf(object, facts.machines);
  if (machine !== undefined) {
    const same = sameText(cause.message);
    const alike = facts.machines.filter(
      (each) =>
        each === machine ||
        conditionsOf(each).some(
          (condition) => isLacking(condition) && sameText(condition.message).includes(same),
        ),
    );
    const controlPlane = alike.filter(isControlPlaneMachine).length;
    const role = controlPlane === 0 ? "worker " : controlPlane === alike.length ? "control plane " : "";
    // A Machine names the kind of what is behind it.
    const who = provider === "The provider" ? providerOf(machine) : provider;
    return `${who} does not start ${alike.length} ${role}${alike.length === 1 ? "machine" : "machines"}`;
  }
  if (object.kind === "MachinePool" || /Machine/.test(object.kind)) {
    return `${provider} does not start machines of ${object.metadata.name}`;
  }
  return object.apiVersion.startsWith("controlplane.")
    ? `${provider} does not create the control plane`
    : `${provider} does not set up the infrastructure`;
}

/** The first group of the first pattern that a message matches. */
export function extract(message: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(message)?.[1];
    if (found !== undefined) {
      return found.trim();
    }
  }
  return undefined;
}

/**
 * The first cause whose message or reason matches: errors first, then whatever else is false. A known cause is told by
 * its own words, whether they sound like an error or not.
 */
export function errorLike({ errors, lacking }: Facts, pattern: RegExp): Cause | undefined {
  return [
    ...errors,
    ...lacking.filter(({ condition }) => condition.status === "False" && condition.severity !== "Info"),
  ].find(({ condition }) => pattern.test(condition.message) || pattern.test(condition.reason));
}

export const machines = (count: number): string => (count === 1 ? "1 machine" : `${count} machines`);
