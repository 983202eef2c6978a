import type { CommandHandler } from "./command.ts";

/** *Disconnect Management Cluster*: forgets it; its clusters go on. */
export const disconnectManagementCluster: CommandHandler = (app) => app.connection.disconnect();
