import * as vscode from "vscode";
import { loadKube } from "../chunks.ts";
import { cancelled } from "../errors.ts";
import { connectPlace, placeOfImport } from "../imports/places.ts";
import { withTask } from "../progress.ts";
import type { CommandHandler } from "./command.ts";
import { isReadOnly, targetCluster } from "./targets.ts";

const TITLE = "Upgrade to Full Permission";

/** *Upgrade to Full Permission*: lets the management cluster change a cluster that was imported read-only. */
export const upgradeImportedCluster: CommandHandler = async (app, target) => {
  const ref = await targetCluster(app, target, TITLE, isReadOnly);
  const management = await app.connection.get();
  const yes = "Upgrade";
  const answer = await vscode.window.showWarningMessage(
    `Give ${management.name} full permission on ${ref.name}?`,
    {
      modal: true,
      detail:
        "It may then do everything on the cluster, as a cluster-admin: attach add-on profiles and read secrets.",
    },
    yes,
  );
  if (answer !== yes) {
    throw cancelled();
  }
  const kube = await loadKube();
  const existing = await kube.readImport(management, ref);
  const place = await placeOfImport(existing, TITLE);
  const imported = await connectPlace(app, place, new AbortController().signal);
  try {
    await withTask(`Upgrading ${ref.name}`, ({ signal, report }) =>
      kube.upgradeToFull({ management, imported }, existing, {
        signal,
        onProgress: ({ step, done, total }) => report(step, done / total),
      }),
    );
    void vscode.window.showInformationMessage(
      `${ref.name} has full permission. Add-on profiles can be attached.`,
    );
  } finally {
    imported.close();
  }
};
