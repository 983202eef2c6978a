export { type AttachmentPreview, attachmentPreview } from "./attachmentPreview.ts";
export { chartPage } from "./chartPage.ts";
export { clusterValues, type OwnValues } from "./clusterValues.ts";
export { type CreationObjects, creationObjects } from "./creation.ts";
export { type Bringing, droppingObjects, overlaps } from "./drop.ts";
export { clusterLayers } from "./forCluster.ts";
export {
  attachedProfiles,
  attachmentLabel,
  isOwnValuesLabel,
  LAYER_LABEL,
  LAYER_STAGE_LABEL,
  ownValuesLabels,
} from "./labels.ts";
export { LOGIN_ADDRESS, LOGIN_LABEL, LOGIN_NAME, loginName } from "./logins.ts";
export type { ManifestSource } from "./manifests.ts";
export { mirrored } from "./mirrors.ts";
export type { LayerProblem } from "./model.ts";
export { chosenName, VALUES_KEY } from "./objects.ts";
export { type LayerPlan, planLayers } from "./plan.ts";
export { ENDED_PREVIEW, PREVIEW_LABEL, type PreviewPlan, previewObjects } from "./preview.ts";
export { type Answer, isAnswered } from "./previewReport.ts";
export { isInTheWay, previewText } from "./previewText.ts";
export { type BroughtRelease, rangeProblems, releaseClashes, releasesOf } from "./problems.ts";
export type { ChartSources, Registry } from "./source.ts";
export {
  type LayerTarget,
  manifestReferences,
  WITHDRAW_LABEL,
  withdrawingName,
  withdrawingObjects,
} from "./withdraw.ts";
