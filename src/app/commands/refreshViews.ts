import type { CommandHandler } from "./command.ts";

/** *Refresh* and *Retry Now*: connects anew, which also reads everything anew. */
export const refreshViews: CommandHandler = (app) => app.connection.reconnect();
