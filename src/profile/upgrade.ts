import type { Diagnostic } from "../shared/diagnostic.ts";
import type { ProfileDocument } from "./document.ts";
import { layerOf } from "./rules/known.ts";
import type { Field } from "./view.ts";

/**
 * What is wrong with going from one version of a profile to the next (P21): Kubernetes goes up by one minor
 * version at a time and never down. The places are those of the newer version.
 */
export function checkUpgrade(before: ProfileDocument, after: ProfileDocument): Diagnostic[] {
  const from = kubernetesTag(before);
  const to = kubernetesTag(after);
  const old = minorOf(from?.text);
  const young = minorOf(to?.text);
  if (from === undefined || to === undefined || old === undefined || young === undefined) {
    return [];
  }
  const problem =
    old.major !== young.major
      ? undefined
      : young.minor < old.minor
        ? `Kubernetes goes down from ${from.text} to ${to.text}. A cluster cannot follow: Kubernetes is never downgraded.`
        : young.minor > old.minor + 1
          ? `Kubernetes goes from ${from.text} to ${to.text} and skips a minor version. Publish a version with ${old.major}.${old.minor + 1} between.`
          : undefined;
  return problem === undefined ? [] : [{ code: "P21", severity: "error", message: problem, span: to.span }];
}

function kubernetesTag({ view }: ProfileDocument): Field | undefined {
  const pack = view?.packs.find((each) => layerOf(each) === "k8s");
  return (pack?.tag?.text ?? "") === "" ? pack?.version : pack?.tag;
}

function minorOf(version: string | undefined): { major: number; minor: number } | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.|$)/.exec(version ?? "");
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}
