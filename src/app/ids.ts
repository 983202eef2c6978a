/**
 * Every id that package.json and the code share. test/unit/app/contributions.test.ts holds both sides
 * against each other, so an id that one side forgets fails the build.
 */
export const COMMANDS = [
  "palette.connectManagementCluster",
  "palette.disconnectManagementCluster",
  "palette.startLocalManagementCluster",
  "palette.stopLocalManagementCluster",
  "palette.newProfile",
  "palette.addLayer",
  "palette.compareProfileVersions",
  "palette.importProfile",
  "palette.exportProfile",
  "palette.createCluster",
  "palette.createClusterQuickPick",
  "palette.previewCluster",
  "palette.checkEnvironment",
  "palette.newCloudAccount",
  "palette.deleteCloudAccount",
  "palette.publishProfile",
  "palette.copyKubeconfig",
  "palette.openKubeconfig",
  "palette.openClusterYaml",
  "palette.openClusterProgress",
  "palette.deleteCluster",
  "palette.importCluster",
  "palette.importClusterQuickPick",
  "palette.detachCluster",
  "palette.reauthenticateCluster",
  "palette.upgradeImportedCluster",
  "palette.createProfileFromCluster",
  "palette.attachProfile",
  "palette.detachProfile",
  "palette.createVirtualCluster",
  "palette.changeVirtualCluster",
  "palette.pauseVirtualCluster",
  "palette.resumeVirtualCluster",
  "palette.deleteVirtualCluster",
  "palette.newClusterGroup",
  "palette.deleteClusterGroup",
  "palette.openLayerValues",
  "palette.retryLayer",
  "palette.openChartPage",
  "palette.refreshViews",
  "palette.connectWithUs",
  "palette.openWalkthrough",
  "palette.showLog",
  "palette.restartLanguageServer",
  "palette.setRegistryCredentials",
  "palette.refreshRegistries",
] as const;
export type CommandId = (typeof COMMANDS)[number];

export const VIEWS = {
  clusters: "palette.clusters",
  profiles: "palette.profiles",
  profileStack: "palette.profileStack",
} as const;
/** Types of the webview panels, which VS Code brings back by. */
export const PANELS = {
  clusterProgress: "palette.clusterProgress",
  createCluster: "palette.createCluster",
  importCluster: "palette.importCluster",
} as const;
export const WALKTHROUGH = "palette.tour";

export const LANGUAGES = { profile: "palette-profile", cluster: "palette-cluster" } as const;

/** Context keys that menus, welcome views and walkthrough steps read. */
export const CONTEXT = {
  /** `none`, `connecting`, `connected`, `unreachable`, or `localUnreachable` where that is the local one. */
  managementCluster: "palette.managementCluster",
  /** A management cluster with Cluster API has answered. */
  connected: "palette.connected",
  hasProfile: "palette.hasProfile",
  wroteValidProfile: "palette.wroteValidProfile",
  hasAvailableCluster: "palette.hasAvailableCluster",
  /** A cluster that was there before is imported, and answers. */
  hasImportedCluster: "palette.hasImportedCluster",
  /** A virtual cluster runs, and answers. */
  hasVirtualCluster: "palette.hasVirtualCluster",
  /** The kubeconfig of a cluster was copied or opened. */
  kubeconfigUsed: "palette.kubeconfigUsed",
  /** A short pulse while the tour is in front (app/tour/lateTicks.ts). */
  tourInFront: "palette.tourInFront",
} as const;
export type ContextKey = (typeof CONTEXT)[keyof typeof CONTEXT];

/** `viewItem` values of the trees. */
export const ITEMS = {
  cluster: "cluster",
  clusterStale: "cluster.stale",
  importedReadOnly: "imported.readOnly",
  importedFull: "imported.full",
  importedStale: "imported.stale",
  virtualRunning: "virtual.running",
  virtualPaused: "virtual.paused",
  virtualWaiting: "virtual.waiting",
  virtualStale: "virtual.stale",
  step: "step",
  pool: "pool",
  machine: "machine",
  clusterLayer: "clusterLayer",
  profileFile: "profileFile",
  profileFileInvalid: "profileFile.invalid",
  layer: "layer",
  published: "published",
  publishedVersion: "publishedVersion",
} as const;
