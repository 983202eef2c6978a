export { addressProblem, hostOf, reachOf } from "./address.ts";
export {
  type CheckedChoice,
  checkImport,
  type ImportFacts,
  type ImportMark,
  isLeftover,
  type Judgement,
  type KnownImport,
  type ManagementSide,
  modeTitle,
  problemsOf,
} from "./checks.ts";
export { detect, type Found } from "./detect.ts";
export { IMPORT_MODES, type ImportChoice, type ImportMode, type Side } from "./model.ts";
export {
  AGENT,
  AGENT_NAMESPACE,
  CLUSTER_UID,
  IMPORT_MODE,
  IMPORTED_BY,
  IMPORTED_BY_UID,
  kubeconfigSecretName,
  SEEN_AT,
  TOKEN_SECONDS,
  TOKEN_UNTIL,
} from "./names.ts";
export {
  type AgentToken,
  importObjects,
  type PlannedObject,
  policyObjects,
} from "./plan.ts";
export { type NeededRight, neededRights } from "./rights.ts";
