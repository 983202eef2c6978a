export { type ClusterProfile, clusterValues } from "./clusterValues.ts";
export {
  attachedProfiles,
  attachmentLabel,
  clusterValuesName,
  LAYER_LABEL,
  layerObjectName,
} from "./labels.ts";
export type { Chart, LayerProblem, LayerStage, Manifest, PlannedLayer } from "./model.ts";
export { SVELTOS_API } from "./objects.ts";
export { type LayerPlan, planLayers } from "./plan.ts";
export { type BroughtRelease, rangeProblems, releaseClashes, releasesOf } from "./problems.ts";
export type { LayerSources, Registry } from "./source.ts";
