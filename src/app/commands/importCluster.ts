import type { CommandHandler } from "./command.ts";

/** *Import Cluster*: opens the panel. Its twin by quick pick is *Import Cluster by Quick Pick*. */
export const importCluster: CommandHandler = (app) => app.importPanels.show();
