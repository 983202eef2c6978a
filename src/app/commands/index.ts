import type { CommandId } from "../ids.ts";
import { addLayer } from "./addLayer.ts";
import { attachProfile } from "./attachProfile.ts";
import { checkEnvironment } from "./checkEnvironment.ts";
import { deleteClusterGroup, newClusterGroup } from "./clusterGroup.ts";
import type { CommandHandler } from "./command.ts";
import { compareProfileVersions } from "./compareProfileVersions.ts";
import { connectManagementCluster } from "./connectManagementCluster.ts";
import { connectWithUs } from "./connectWithUs.ts";
import { copyKubeconfig } from "./copyKubeconfig.ts";
import { createCluster } from "./createCluster.ts";
import { createClusterQuickPick } from "./createClusterQuickPick.ts";
import { createProfileFromCluster } from "./createProfileFromCluster.ts";
import { createVirtualCluster } from "./createVirtualCluster.ts";
import { deleteCloudAccount } from "./deleteCloudAccount.ts";
import { deleteCluster } from "./deleteCluster.ts";
import { detachCluster } from "./detachCluster.ts";
import { detachProfile } from "./detachProfile.ts";
import { disconnectManagementCluster } from "./disconnectManagementCluster.ts";
import { exportProfile } from "./exportProfile.ts";
import { importCluster } from "./importCluster.ts";
import { importClusterQuickPick } from "./importClusterQuickPick.ts";
import { importProfile } from "./importProfile.ts";
import { openChartPage, openLayerValues, retryLayer } from "./layer.ts";
import { startLocalManagementCluster, stopLocalManagementCluster } from "./localManagementCluster.ts";
import { newCloudAccount } from "./newCloudAccount.ts";
import { newProfile } from "./newProfile.ts";
import { openClusterProgress } from "./openClusterProgress.ts";
import { openClusterYaml } from "./openClusterYaml.ts";
import { openKubeconfig } from "./openKubeconfig.ts";
import { openWalkthrough } from "./openWalkthrough.ts";
import { previewCluster } from "./previewCluster.ts";
import { publishProfile } from "./publishProfile.ts";
import { reauthenticateCluster } from "./reauthenticateCluster.ts";
import { refreshRegistries } from "./refreshRegistries.ts";
import { refreshViews } from "./refreshViews.ts";
import { restartLanguageServer } from "./restartLanguageServer.ts";
import { setRegistryCredentials } from "./setRegistryCredentials.ts";
import { showLog } from "./showLog.ts";
import { upgradeImportedCluster } from "./upgradeImportedCluster.ts";
import {
  changeVirtualCluster,
  deleteVirtualCluster,
  pauseVirtualCluster,
  resumeVirtualCluster,
} from "./virtualCluster.ts";

/** What each command of package.json does. */
export const HANDLERS: Readonly<Record<CommandId, CommandHandler>> = {
  "palette.connectManagementCluster": connectManagementCluster,
  "palette.disconnectManagementCluster": disconnectManagementCluster,
  "palette.startLocalManagementCluster": startLocalManagementCluster,
  "palette.stopLocalManagementCluster": stopLocalManagementCluster,
  "palette.newProfile": newProfile,
  "palette.addLayer": addLayer,
  "palette.compareProfileVersions": compareProfileVersions,
  "palette.importProfile": importProfile,
  "palette.exportProfile": exportProfile,
  "palette.createCluster": createCluster,
  "palette.createClusterQuickPick": createClusterQuickPick,
  "palette.previewCluster": previewCluster,
  "palette.checkEnvironment": checkEnvironment,
  "palette.newCloudAccount": newCloudAccount,
  "palette.deleteCloudAccount": deleteCloudAccount,
  "palette.publishProfile": publishProfile,
  "palette.copyKubeconfig": copyKubeconfig,
  "palette.openKubeconfig": openKubeconfig,
  "palette.openClusterYaml": openClusterYaml,
  "palette.openClusterProgress": openClusterProgress,
  "palette.deleteCluster": deleteCluster,
  "palette.importCluster": importCluster,
  "palette.importClusterQuickPick": importClusterQuickPick,
  "palette.detachCluster": detachCluster,
  "palette.reauthenticateCluster": reauthenticateCluster,
  "palette.upgradeImportedCluster": upgradeImportedCluster,
  "palette.createProfileFromCluster": createProfileFromCluster,
  "palette.attachProfile": attachProfile,
  "palette.detachProfile": detachProfile,
  "palette.createVirtualCluster": createVirtualCluster,
  "palette.changeVirtualCluster": changeVirtualCluster,
  "palette.pauseVirtualCluster": pauseVirtualCluster,
  "palette.resumeVirtualCluster": resumeVirtualCluster,
  "palette.deleteVirtualCluster": deleteVirtualCluster,
  "palette.newClusterGroup": newClusterGroup,
  "palette.deleteClusterGroup": deleteClusterGroup,
  "palette.openLayerValues": openLayerValues,
  "palette.retryLayer": retryLayer,
  "palette.openChartPage": openChartPage,
  "palette.refreshViews": refreshViews,
  "palette.connectWithUs": connectWithUs,
  "palette.openWalkthrough": openWalkthrough,
  "palette.showLog": showLog,
  "palette.restartLanguageServer": restartLanguageServer,
  "palette.setRegistryCredentials": setRegistryCredentials,
  "palette.refreshRegistries": refreshRegistries,
};
