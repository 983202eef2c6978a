import * as vscode from "vscode";
import { addLayer } from "./app/commands/addLayer.ts";
import { attachProfile } from "./app/commands/attachProfile.ts";
import { checkEnvironment } from "./app/commands/checkEnvironment.ts";
import { deleteClusterGroup, newClusterGroup } from "./app/commands/clusterGroup.ts";
import type { App, CommandHandler } from "./app/commands/command.ts";
import { compareProfileVersions } from "./app/commands/compareProfileVersions.ts";
import { connectManagementCluster } from "./app/commands/connectManagementCluster.ts";
import { connectWithUs } from "./app/commands/connectWithUs.ts";
import { copyKubeconfig } from "./app/commands/copyKubeconfig.ts";
import { createCluster } from "./app/commands/createCluster.ts";
import { createClusterQuickPick } from "./app/commands/createClusterQuickPick.ts";
import { createProfileFromCluster } from "./app/commands/createProfileFromCluster.ts";
import { createVirtualCluster } from "./app/commands/createVirtualCluster.ts";
import { deleteCloudAccount } from "./app/commands/deleteCloudAccount.ts";
import { deleteCluster } from "./app/commands/deleteCluster.ts";
import { detachCluster } from "./app/commands/detachCluster.ts";
import { detachProfile } from "./app/commands/detachProfile.ts";
import { disconnectManagementCluster } from "./app/commands/disconnectManagementCluster.ts";
import { exportProfile } from "./app/commands/exportProfile.ts";
import { importCluster } from "./app/commands/importCluster.ts";
import { importClusterQuickPick } from "./app/commands/importClusterQuickPick.ts";
import { importProfile } from "./app/commands/importProfile.ts";
import { openChartPage, openLayerValues, retryLayer } from "./app/commands/layer.ts";
import {
  startLocalManagementCluster,
  stopLocalManagementCluster,
} from "./app/commands/localManagementCluster.ts";
import { newCloudAccount } from "./app/commands/newCloudAccount.ts";
import { newProfile } from "./app/commands/newProfile.ts";
import { openClusterProgress } from "./app/commands/openClusterProgress.ts";
import { openClusterYaml } from "./app/commands/openClusterYaml.ts";
import { openKubeconfig } from "./app/commands/openKubeconfig.ts";
import { openWalkthrough } from "./app/commands/openWalkthrough.ts";
import { previewCluster } from "./app/commands/previewCluster.ts";
import { publishProfile } from "./app/commands/publishProfile.ts";
import { reauthenticateCluster } from "./app/commands/reauthenticateCluster.ts";
import { refreshRegistries } from "./app/commands/refreshRegistries.ts";
import { refreshViews } from "./app/commands/refreshViews.ts";
import { restartLanguageServer } from "./app/commands/restartLanguageServer.ts";
import { setRegistryCredentials } from "./app/commands/setRegistryCredentials.ts";
import { showLog } from "./app/commands/showLog.ts";
import { upgradeImportedCluster } from "./app/commands/upgradeImportedCluster.ts";
import {
  changeVirtualCluster,
  deleteVirtualCluster,
  pauseVirtualCluster,
  resumeVirtualCluster,
} from "./app/commands/virtualCluster.ts";
import { Connection } from "./app/connection/connection.ts";
import { FleetWatch } from "./app/connection/fleetWatch.ts";
import { ContextKeys } from "./app/contextKeys.ts";
import { showError } from "./app/errors.ts";
import type { CommandId } from "./app/ids.ts";
import { LanguageSupport } from "./app/language/languageSupport.ts";
import { Log } from "./app/log.ts";
import { ClusterProgressPanels } from "./app/panels/clusterProgress/panels.ts";
import { CreateClusterPanels } from "./app/panels/createCluster/panels.ts";
import { ImportClusterPanels } from "./app/panels/importCluster/panel.ts";
import { ProfileStackView } from "./app/panels/profileStackView.ts";
import { ProfileIndex } from "./app/profiles/profileIndex.ts";
import { Registries } from "./app/registries/registries.ts";
import { LateTicks } from "./app/tour/lateTicks.ts";
import { ClustersView } from "./app/views/clustersView.ts";
import { ProfilesView } from "./app/views/profilesView.ts";
import { VirtualDocuments } from "./app/virtualDocuments.ts";

const HANDLERS: Readonly<Record<CommandId, CommandHandler>> = {
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

let language: LanguageSupport | undefined;

/**
 * Builds everything and registers it, synchronously: VS Code waits for nothing of ours, and no process starts
 * and nothing is read before a profile or a view is looked at.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const keys = new ContextKeys();
  const connection = new Connection(context, keys, log);
  const fleet = new FleetWatch(connection, keys, log);
  const profiles = new ProfileIndex(keys);
  const documents = new VirtualDocuments("palette");
  const clusters = new ClustersView(connection, fleet);
  const clusterPanels = new ClusterProgressPanels({
    extension: context.extensionUri,
    version: context.extension.packageJSON.version,
    connection,
    fleet,
    documents,
    log,
  });
  const registries = new Registries(context, log);
  language = new LanguageSupport(context.extensionUri, log, registries);
  const createForms = new CreateClusterPanels({
    context,
    log,
    connection,
    fleet,
    profiles,
    registries,
    documents,
  });
  const importPanels = new ImportClusterPanels({ context, log, connection, documents });
  const app: App = {
    context,
    log,
    keys,
    connection,
    fleet,
    profiles,
    clusters,
    clusterPanels,
    documents,
    language,
    registries,
    createForms,
    importPanels,
  };

  context.subscriptions.push(
    new LateTicks(keys),
    new ProfilesView(profiles, connection, fleet),
    new ProfileStackView(context.extensionUri, log),
    createForms,
    importPanels,
    registries,
    language,
    clusters,
    clusterPanels,
    documents,
    profiles,
    fleet,
    connection,
    log,
    ...Object.entries(HANDLERS).map(([id, handler]) =>
      vscode.commands.registerCommand(id, async (target?: unknown) => {
        try {
          await handler(app, target);
        } catch (error) {
          // Not awaited: a command ends with its work, not when somebody closes the message.
          void showError(error, log);
        }
      }),
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(() => connection.reset()),
  );

  // The tour's steps and the welcome views ask whether there are profiles: after activation, in its own time.
  setImmediate(() => void profiles.files().catch((error: unknown) => log.warn(String(error))));
}

/** Ends the language server before VS Code leaves. */
export function deactivate(): Promise<void> | undefined {
  return language?.stop();
}
