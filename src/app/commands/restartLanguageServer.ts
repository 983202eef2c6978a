import type { CommandHandler } from "./command.ts";

/** *Restart Language Server*. */
export const restartLanguageServer: CommandHandler = (app) => app.language.restart();
