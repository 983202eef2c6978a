import type { CommandHandler } from "./command.ts";

/** *Show Log*. */
export const showLog: CommandHandler = async (app) => app.log.show();
