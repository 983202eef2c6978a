export { type ClusterFacts, detect, type Found, type FoundRelease } from "./detect.ts";
export { IMPORT_MODES, type ImportChoice, type ImportMode, type Side } from "./model.ts";
export {
  AGENT,
  AGENT_NAMESPACE,
  IMPORT_MODE,
  IMPORTED_BY,
  kubeconfigSecretName,
  TOKEN_SECONDS,
} from "./names.ts";
export { importObjects, kubeconfigText, type PlannedObject, policyObjects, roleName } from "./plan.ts";
export { type NeededRight, neededRights } from "./rights.ts";
