import type { KubeObject } from "../shared/kubernetes.ts";
import { mapOf } from "../shared/records.ts";
import { type Bringing, droppingObjects } from "./drop.ts";
import { LAYER_LABEL } from "./labels.ts";
import { manifestObjects } from "./manifests.ts";
import type { LayerProblem } from "./model.ts";
import { type PreviewPlan, releaseWords } from "./preview.ts";
import { type Answer, type LayerPreview, layerPreviews, type PreviewChange } from "./previewReport.ts";
import { chartsOf, type LayerTarget } from "./withdraw.ts";

/** What attaching a profile version would change on a cluster. */
export interface AttachmentPreview {
  readonly profile: { readonly name: string; readonly version: string };
  readonly cluster: string;
  /** The version that is on the cluster, as its label writes it. */
  readonly before?: string;
  /** Releases that another profile of the cluster owns: attaching is refused. */
  readonly conflicts: readonly string[];
  /** In the order of installation; layers that go are last. */
  readonly layers: readonly LayerPreview[];
}

/**
 * Puts together what Sveltos answered, what it was not asked, and what goes with a change of version: what `before`
 * brings and `after` does not.
 */
export function attachmentPreview({
  asked: { probes, hidden },
  answers,
  clashes,
  drop: { before, after },
  target,
  ownerOf,
  ...about
}: Pick<AttachmentPreview, "profile" | "cluster" | "before"> & {
  readonly asked: PreviewPlan;
  readonly answers: ReadonlyMap<string, Answer>;
  readonly clashes: readonly LayerProblem[];
  readonly drop: { readonly before: Bringing; readonly after: Bringing };
  readonly target: LayerTarget;
  readonly ownerOf: (name: string) => string | undefined;
}): AttachmentPreview {
  const changes = new Map<string, PreviewChange[]>(
    // Layers that are not asked of keep their place.
    [...probes, ...hidden].map(({ layer }) => [layer, []]),
  );
  for (const { layer, changes: told } of layerPreviews(probes, answers, ownerOf)) {
    changes.get(layer)?.push(...told);
  }
  for (const { layer, what } of hidden) {
    changes.get(layer)?.push({ what, action: "hidden" });
  }
  for (const object of before.profiles) {
    const layer = object.metadata.labels?.[LAYER_LABEL] ?? object.metadata.name;
    const gone = droppingObjects({ ...before, profiles: [object] }, after, target).flatMap(removals);
    if (gone.length > 0) {
      changes.set(layer, [...(changes.get(layer) ?? []), ...gone]);
    }
  }
  return {
    ...about,
    conflicts: clashes.map(({ message }) => message),
    layers: [...changes].map(([layer, each]) => ({ layer, changes: each })),
  };
}

/** What a withdrawing object takes away, or its manifests do. */
function removals(object: KubeObject): PreviewChange[] {
  const { kind, data } = object;
  switch (kind) {
    case "ConfigMap":
      return manifestObjects({ kind, texts: Object.values(mapOf(data)).map(String) }).map(({ what }) => ({
        what,
        action: "remove",
      }));
    case "Secret":
      return [{ what: "Manifests", action: "remove" }];
    default:
      return chartsOf(object).map(({ releaseName, releaseNamespace, chartVersion }) => ({
        what: releaseWords(releaseName, releaseNamespace),
        action: "remove",
        from: chartVersion,
      }));
  }
}
