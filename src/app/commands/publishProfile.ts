import * as vscode from "vscode";
import { PaletteError } from "../../shared/errors.ts";
import { isLabelName } from "../../shared/names.ts";
import { loadKube } from "../chunks.ts";
import { sourceOfFile } from "../create/source.ts";
import { LANGUAGES } from "../ids.ts";
import { ask, BACK } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";
import { targetOrActiveUri } from "./targets.ts";

/** *Publish Cluster Profile*: writes this version to the management cluster, where it never changes again. */
export const publishProfile: CommandHandler = async (app, target) => {
  const uri = targetOrActiveUri(target, LANGUAGES.profile);
  if (uri === undefined) {
    throw new PaletteError("NotFound", "No cluster profile is open", {
      next: "Open a *.profile.yaml first.",
    });
  }
  const { text, profile } = await sourceOfFile(uri);
  const management = await app.connection.get();
  const namespace = await ask(
    { title: `Publish ${profile.name} ${profile.version}`, step: 1, totalSteps: 1, canGoBack: false },
    {
      prompt: `Namespace on ${management.name}. A published version never changes; a change is a new version.`,
      value: "default",
      validate: (value) => (isLabelName(value) ? undefined : "Use lower case letters, digits and hyphens."),
    },
  );
  if (namespace === BACK) {
    return;
  }
  const { publishProfile: publish } = await loadKube();
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: `Publishing ${profile.name} ${profile.version} to ${management.name}`,
    },
    () => publish(management, { text, namespace }),
  );
  void vscode.window.showInformationMessage(
    result.added
      ? `${profile.name} ${profile.version} is published in ${namespace} on ${management.name}.`
      : `${profile.name} ${profile.version} was published in ${namespace} before, with the same content.`,
  );
};
