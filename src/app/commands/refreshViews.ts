import type { CommandHandler } from "./command.ts";

/** *Refresh* and *Retry Now*: connects anew, which also reads everything anew. */
export const refreshViews: CommandHandler = async (app) => {
  if (app.connection.state.kind !== "none") {
    app.connection.reset();
    await app.connection.get();
  }
};
