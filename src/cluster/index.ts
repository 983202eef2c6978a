export { type AddOn, checkAddOns } from "./addOns.ts";
export { checkRequest } from "./check.ts";
export { variableProblem } from "./check-variables.ts";
export { classFields } from "./clouds/cluster-class/class-fields.ts";
export { accountOf, CLOUDS, type CloudChoice, cloudOf, cloudsFor } from "./clouds/index.ts";
export { parseRequest, type RequestDocument, readRequest, requestOf } from "./document.ts";
export { editRequest, type RequestEdit } from "./edit.ts";
export { type ClusterFacts, effectiveProfile, sharedProfile, variableValues } from "./effective.ts";
export { checkAgainstProfile, type FitProblem, notesFor } from "./fit.ts";
export { formatObjects, formatRequest, type NewRequest, newPool, newRequest } from "./format.ts";
export { kubernetesSettings, kubernetesVersion } from "./kubernetes.ts";
export {
  CLOUD_TYPE,
  PROFILE,
  PROFILE_VERSION,
  VIRTUAL_CLUSTER,
  VIRTUAL_DELETING,
  VIRTUAL_HOST,
  VIRTUAL_PAUSED,
} from "./labels.ts";
export { CLAIMED, isBeingWritten, isUnfinished, REQUEST, UNFINISHED, WRITING_MS } from "./marks.ts";
export { isLabelName, slug } from "./names.ts";
export { placeInRequest } from "./place.ts";
export { type RequestContext, type RequestProblem, requestProblems } from "./problems.ts";
export { publishedProfile, type ReadProfile, readPublished } from "./published.ts";
export { explainRefusal } from "./refusals.ts";
export { firewallOf, imageOf, renderCluster, requestHash } from "./render.ts";
export { hasControlPlanePool } from "./rules/c06-control-plane.ts";
export { variablesSecret, variablesSecretName } from "./variablesSecret.ts";
