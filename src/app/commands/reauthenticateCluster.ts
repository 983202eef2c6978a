import * as vscode from "vscode";
import { loadKube } from "../chunks.ts";
import { connectPlace, placeOfImport } from "../imports/places.ts";
import { withTask } from "../progress.ts";
import type { CommandHandler } from "./command.ts";
import { isImported, targetCluster } from "./targets.ts";

const TITLE = "Re-authenticate Cluster";

/** *Re-authenticate Cluster*: gives the management cluster a new token of an imported cluster. */
export const reauthenticateCluster: CommandHandler = async (app, target) => {
  const ref = await targetCluster(app, target, TITLE, isImported);
  const management = await app.connection.get();
  const kube = await loadKube();
  const existing = await kube.readImport(management, ref);
  const place = await placeOfImport(existing, TITLE);
  const imported = await connectPlace(app, place, new AbortController().signal);
  try {
    const until = await withTask(`Re-authenticating ${ref.name}`, ({ signal, report }) =>
      kube.reauthenticate({ management, imported }, existing, {
        signal,
        onProgress: ({ step, done, total }) => report(step, done / total),
      }),
    );
    void vscode.window.showInformationMessage(
      `${ref.name} is connected with a new token, valid until ${new Date(until).toLocaleString()}. It renews itself.`,
    );
  } finally {
    imported.close();
  }
};
