/**
 * Management clusters: connect, look, write. A chunk of its own, loaded with the first use
 * (docs/architecture.md, Bundles); the only module that other rooms import from here.
 */
export { type CloudAccount, type CloudAccounts, listAccounts } from "./accounts/list.ts";
export { maskSecrets } from "./accounts/mask.ts";
export { accountObjects, createAccount, deleteAccount } from "./accounts/write.ts";
export { listClusterClasses } from "./classes.ts";
export { watchCluster } from "./clusterDetail.ts";
export { connect } from "./connect.ts";
export { createCluster } from "./creation/create.ts";
export { dryRun, type Refusal } from "./creation/dryRun.ts";
export { type CreationPlan, planCreation, type SharedObject } from "./creation/plan.ts";
export { deleteCluster } from "./deletion.ts";
export { checkEnvironment } from "./environment/check.ts";
export type { Finding } from "./environment/finding.ts";
export { checkManagement, type ManagementFacts } from "./facts.ts";
export { type Fleet, type FleetConnection, watchFleet } from "./fleet.ts";
export {
  detach,
  type ExistingImport,
  listImports,
  readImport,
  reauthenticate,
  upgradeToFull,
} from "./imports/existing.ts";
export { importFacts } from "./imports/facts.ts";
export { importChoice, importCluster } from "./imports/run.ts";
export type { Left } from "./imports/undo.ts";
export { listContexts } from "./kubeconfig.ts";
export { attachProfile } from "./layers/attach.ts";
export { detachableProfiles, detachProfile } from "./layers/detach.ts";
export { type LayerRef, layerPage, layerText, retryLayer } from "./layers/layer.ts";
export type { NewLogin, RegistryLogin } from "./layers/logins.ts";
export { previewAttachment } from "./layers/preview.ts";
export { listLayerTargets } from "./layers/target.ts";
export type {
  ClusterRef,
  ConnectOptions,
  ContextInfo,
  Disposable,
  ExecCommand,
  ManagementCluster,
  TaskOptions,
  TaskProgress,
} from "./management.ts";
export { clusterObjects, kubeconfigOf } from "./objects.ts";
export { listPublished, type PublishedProfile, publishProfile } from "./published.ts";
export { versionsOf } from "./versions.ts";
export { virtualClusterProblems } from "./virtual/chart.ts";
export { createVirtualCluster } from "./virtual/create.ts";
export { deleteVirtualCluster } from "./virtual/delete.ts";
export { virtualFacts } from "./virtual/facts.ts";
export { applyClusterGroup, deleteClusterGroup, listClusterGroups } from "./virtual/groups.ts";
export { virtualKubeconfig } from "./virtual/kubeconfig.ts";
export { pauseVirtualCluster, resumeVirtualCluster } from "./virtual/lifecycle.ts";
export { listVirtualClusters } from "./virtual/list.ts";
export type { VirtualCluster, VirtualOptions } from "./virtual/model.ts";
export { resizeVirtualCluster, sizeOf } from "./virtual/resize.ts";
export { listClusters, waitAvailable } from "./wait.ts";
