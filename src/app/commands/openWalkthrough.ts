import * as vscode from "vscode";
import { WALKTHROUGH } from "../ids.ts";
import type { CommandHandler } from "./command.ts";

/** *Open Product Tour*. */
export const openWalkthrough: CommandHandler = async (app) => {
  await vscode.commands.executeCommand(
    "workbench.action.openWalkthrough",
    `${app.context.extension.id}#${WALKTHROUGH}`,
    false,
  );
};
