import * as vscode from "vscode";
import { loadActions } from "./app/chunks.ts";
import type { App } from "./app/commands/command.ts";
import { Connection } from "./app/connection/connection.ts";
import { FleetWatch } from "./app/connection/fleetWatch.ts";
import { ContextKeys } from "./app/contextKeys.ts";
import { showError } from "./app/errors.ts";
import { COMMANDS } from "./app/ids.ts";
import { LanguageSupport } from "./app/language/languageSupport.ts";
import { Log } from "./app/log.ts";
import { ClusterProgressPanels } from "./app/panels/clusterProgress/panels.ts";
import { CreateClusterPanels } from "./app/panels/createCluster/panels.ts";
import { ImportClusterPanels } from "./app/panels/importCluster/panels.ts";
import { ProfileStackView } from "./app/panels/profileStackView.ts";
import { ProfileIndex } from "./app/profiles/profileIndex.ts";
import { Registries } from "./app/registries/registries.ts";
import { LateTicks } from "./app/tour/lateTicks.ts";
import { ClustersView } from "./app/views/clustersView.ts";
import { ProfilesView } from "./app/views/profilesView.ts";
import { VirtualDocuments } from "./app/virtualDocuments.ts";

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
    ...COMMANDS.map((id) =>
      vscode.commands.registerCommand(id, async (target?: unknown) => {
        try {
          const { HANDLERS } = await loadActions();
          await HANDLERS[id](app, target);
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
