import { PaletteError } from "../../shared/errors.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import { isProvisioned } from "../../status/rivals.ts";
import { virtualName } from "../../virtual/index.ts";
import { CLUSTER_SUMMARY } from "../kinds.ts";
import type { ClusterRef, ManagementCluster } from "../management.ts";
import { type UntilOptions, until } from "../until.ts";

interface Summary {
  readonly featureSummaries?: readonly { readonly status?: string; readonly failureMessage?: string }[];
  readonly helmReleaseSummaries?: readonly { readonly status?: string; readonly conflictMessage?: string }[];
}

/** Sveltos' word on the release of a virtual cluster on its host, among the summaries of a namespace. */
export function releaseSummary(summaries: readonly KubeObject[], name: string): KubeObject | undefined {
  return summaries.find(({ metadata }) =>
    metadata.ownerReferences?.some((owner) => owner.kind === "Profile" && owner.name === virtualName(name)),
  );
}

/** Whether Sveltos is installing right now. */
export function isWorking({ status }: KubeObject): boolean {
  const { featureSummaries = [] } = (status ?? {}) as Summary;
  return featureSummaries.some((each) => each.status === "Provisioning");
}

/** What hinders a release, in the engine's words; nothing where nothing does. */
export function releaseTrouble(summary: KubeObject | undefined): string | undefined {
  const { featureSummaries = [], helmReleaseSummaries = [] } = (summary?.status ?? {}) as Summary;
  const words = [
    ...helmReleaseSummaries.map(({ status, conflictMessage }) =>
      status === "Conflict" ? conflictMessage : undefined,
    ),
    // What once failed may still stand there, and who was overtaken by another writer tries again.
    ...featureSummaries.map(({ status, failureMessage = "" }) =>
      status === "Provisioned" || failureMessage.includes("the object has been modified")
        ? undefined
        : failureMessage,
    ),
  ].find((each) => each !== undefined && each !== "");
  return words?.replace(/\s+/g, " ").trim();
}

/** Waits until the release is on the host; `onMessage` hears what hinders it, each time that changes. Throws `Refused` with the engine's words where it is not in time. */
export async function waitReleased(
  management: ManagementCluster,
  { namespace, name }: ClusterRef,
  { onMessage, ...options }: UntilOptions & { readonly onMessage?: (message: string) => void },
): Promise<void> {
  let trouble: string | undefined;
  await until(
    async () => {
      const summary = releaseSummary(
        await management.list(CLUSTER_SUMMARY, { namespace, signal: options.signal }),
        name,
      );
      const now = releaseTrouble(summary);
      if (now !== undefined && now !== trouble) {
        onMessage?.(now);
      }
      trouble = now;
      return summary !== undefined && trouble === undefined && isProvisioned(summary);
    },
    options,
    (seconds) =>
      new PaletteError("Refused", `vCluster was not installed for ${name} within ${seconds} s`, {
        ...(trouble === undefined ? {} : { engine: trouble }),
        next:
          trouble === undefined
            ? "See that Sveltos' addon-controller runs and reaches the host."
            : "Put right what hinders it.",
      }),
  );
}
