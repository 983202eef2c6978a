import type { Diagnostic } from "../shared/diagnostic.ts";
import type { ProfileDocument } from "./document.ts";
import { layerOf } from "./rules/known.ts";
import type { Field } from "./view.ts";

/**
 * What is wrong with going from one version of a profile to the next (P21). The places are those of the newer version.
 */
export function checkUpgrade(before: ProfileDocument, after: ProfileDocument): Diagnostic[] {
  const to = kubernetesTag(after);
  const message = upgradeProblem(kubernetesTag(before)?.text, to?.text);
  return to === undefined || message === undefined
    ? []
    : [{ code: "P21", severity: "error", message, span: to.span }];
}

/** Why no cluster can go from one version of Kubernetes to another: up by one minor version at a time, never down. */
export function upgradeProblem(from: string | undefined, to: string | undefined): string | undefined {
  const old = minorOf(from);
  const young = minorOf(to);
  if (old === undefined || young === undefined || old.major !== young.major) {
    return undefined;
  }
  if (young.minor < old.minor) {
    return `Kubernetes goes down from ${from} to ${to}. A cluster cannot follow: Kubernetes is never downgraded.`;
  }
  return young.minor > old.minor + 1
    ? `Kubernetes goes from ${from} to ${to} and skips a minor version. Publish a version with ${old.major}.${old.minor + 1} between.`
    : undefined;
}

/** The version of Kubernetes as it is written. */
export function kubernetesTag({ view }: ProfileDocument): Field | undefined {
  const pack = view?.packs.find((each) => layerOf(each) === "k8s");
  return (pack?.tag?.text ?? "") === "" ? pack?.version : pack?.tag;
}

function minorOf(version: string | undefined): { major: number; minor: number } | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.|$)/.exec(version ?? "");
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}
