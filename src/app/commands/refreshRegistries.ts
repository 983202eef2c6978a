import * as vscode from "vscode";
import type { CommandHandler } from "./command.ts";
import { noRegistries } from "./setRegistryCredentials.ts";

/** *Refresh Registries*: reads the user's own registries now, whenever their last answer was. */
export const refreshRegistries: CommandHandler = async ({ registries }) => {
  if ((await registries.settings()).length === 0) {
    throw noRegistries("There is no registry to read");
  }
  const isWhole = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "Reading registries" },
    () => registries.refresh(),
  );
  if (isWhole) {
    const charts = registries.known.reduce((sum, registry) => sum + registry.charts.length, 0);
    vscode.window.setStatusBarMessage(`Registries: ${charts} charts`, 5000);
  }
};
