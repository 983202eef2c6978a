import type { KubeObject } from "../shared/kubernetes.ts";
import { LAYER_LABEL } from "./labels.ts";
import type { LayerProblem } from "./model.ts";
import { type PreviewPlan, releaseWords } from "./preview.ts";
import { type Answer, type LayerPreview, layerPreviews, type PreviewChange } from "./previewReport.ts";
import { type LayerTarget, withdrawingObjects } from "./withdraw.ts";

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
 * Puts together what Sveltos answered, what it was not asked, and what goes with a change of version: what the layer
 * objects `leaving` bring and `objects` do not.
 */
export function attachmentPreview({
  asked: { probes, hidden },
  answers,
  clashes,
  leaving,
  objects,
  target,
  ownerOf,
  ...about
}: Pick<AttachmentPreview, "profile" | "cluster" | "before"> & {
  readonly asked: PreviewPlan;
  readonly answers: ReadonlyMap<string, Answer>;
  readonly clashes: readonly LayerProblem[];
  readonly leaving: readonly KubeObject[];
  readonly objects: readonly KubeObject[];
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
  for (const object of leaving) {
    const layer = object.metadata.labels?.[LAYER_LABEL] ?? object.metadata.name;
    const gone = withdrawingObjects([object], target, objects).flatMap(removals);
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

function removals({ spec }: KubeObject): PreviewChange[] {
  const { helmCharts = [] } = (spec ?? {}) as {
    helmCharts?: readonly { releaseName: string; releaseNamespace: string; chartVersion: string }[];
  };
  return helmCharts.length === 0
    ? [{ what: "Manifests", action: "remove" }]
    : helmCharts.map(({ releaseName, releaseNamespace, chartVersion }) => ({
        what: releaseWords(releaseName, releaseNamespace),
        action: "remove",
        from: chartVersion,
      }));
}
