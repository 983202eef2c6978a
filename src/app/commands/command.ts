import type * as vscode from "vscode";
import type { Connection } from "../connection/connection.ts";
import type { FleetWatch } from "../connection/fleetWatch.ts";
import type { ContextKeys } from "../contextKeys.ts";
import type { LanguageSupport } from "../language/languageSupport.ts";
import type { Log } from "../log.ts";
import type { ClusterProgressPanels } from "../panels/clusterProgress/panels.ts";
import type { CreateClusterPanels } from "../panels/createCluster/panels.ts";
import type { ImportClusterPanels } from "../panels/importCluster/panels.ts";
import type { ProfileIndex } from "../profiles/profileIndex.ts";
import type { Registries } from "../registries/registries.ts";
import type { ClustersView } from "../views/clustersView.ts";
import type { VirtualDocuments } from "../virtualDocuments.ts";

/** What commands work with; built once in extension.ts. */
export interface App {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly keys: ContextKeys;
  readonly connection: Connection;
  readonly fleet: FleetWatch;
  readonly profiles: ProfileIndex;
  readonly clusters: ClustersView;
  readonly clusterPanels: ClusterProgressPanels;
  readonly documents: VirtualDocuments;
  readonly language: LanguageSupport;
  readonly registries: Registries;
  readonly createForms: CreateClusterPanels;
  readonly importPanels: ImportClusterPanels;
}

/** One command: gets what it was invoked on (nothing, a uri, a tree node) and throws what goes wrong. */
export type CommandHandler = (app: App, target?: unknown) => Promise<void>;
