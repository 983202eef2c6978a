export { type ClusterProfile, clusterValues, type OwnValues } from "./clusterValues.ts";
export { type ClusterLayers, clusterLayers } from "./forCluster.ts";
export {
  attachedProfiles,
  attachmentLabel,
  isOwnValuesLabel,
  LAYER_LABEL,
  LAYER_STAGE_LABEL,
  layerObjectName,
} from "./labels.ts";
export type { Chart, LayerProblem, LayerStage, Manifest, PlannedLayer } from "./model.ts";
export { chosenName, SVELTOS_API, VALUES_KEY } from "./objects.ts";
export { type LayerPlan, planLayers } from "./plan.ts";
export { type BroughtRelease, rangeProblems, releaseClashes, releasesOf } from "./problems.ts";
export type { LayerSources, Registry } from "./source.ts";
export { type LayerTarget, WITHDRAW_LABEL, withdrawingObjects } from "./withdraw.ts";
