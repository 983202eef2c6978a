import * as vscode from "vscode";
import type { ManagementCluster } from "../../kube/index.ts";
import { isPaletteError } from "../../shared/errors.ts";
import { loadKube } from "../chunks.ts";
import { cancelled } from "../errors.ts";
import { connectPlace, placeOfImport } from "../imports/places.ts";
import { withTask } from "../progress.ts";
import type { App, CommandHandler } from "./command.ts";
import { isImported, targetCluster } from "./targets.ts";

const TITLE = "Detach Cluster";

/** *Detach Cluster*: removes what importing a cluster made, on both sides; the cluster itself stays as it is. */
export const detachCluster: CommandHandler = async (app, target) => {
  const { namespace, name } = await targetCluster(app, target, TITLE, isImported);
  const management = await app.connection.get();
  const yes = "Detach";
  const answer = await vscode.window.showWarningMessage(
    `Detach cluster ${name} from ${management.name}?`,
    {
      modal: true,
      detail:
        "Removes what the import made on both sides. The cluster itself stays as it is, with all that runs on it.",
    },
    yes,
  );
  if (answer !== yes) {
    throw cancelled();
  }
  const kube = await loadKube();
  const existing = await kube.readImport(management, { namespace, name });
  const imported = await reach(app, existing);
  try {
    const left = await withTask(`Detaching ${name}`, ({ signal, report }) =>
      kube.detach({ management, imported }, existing, {
        signal,
        onProgress: ({ step, done, total }) => report(step, done / total),
      }),
    );
    if (left.length === 0) {
      void vscode.window.showInformationMessage(`${name} is detached. The cluster itself is as it was.`);
      return;
    }
    await app.documents.show(
      `${namespace}/${name}.detach.sh`,
      [
        `# What importing ${name} made and could not be removed. These commands do it.`,
        ...left.flatMap(({ commands }) => commands),
        "",
      ].join("\n"),
    );
  } finally {
    imported?.close();
  }
};

/** A connection to the imported cluster, or nothing where it is not reached and the user goes on without it. */
async function reach(
  app: App,
  existing: Parameters<typeof placeOfImport>[0],
): Promise<ManagementCluster | undefined> {
  try {
    const place = await placeOfImport(existing, TITLE);
    return await connectPlace(app, place, new AbortController().signal);
  } catch (error) {
    if (!isPaletteError(error, "Unreachable") && !isPaletteError(error, "NotFound")) {
      throw error;
    }
    const yes = "Detach Anyway";
    const answer = await vscode.window.showWarningMessage(
      `${existing.name} is not reached: ${error.message}.`,
      {
        modal: true,
        detail: "What the import made on it stays there. The commands that remove it are shown.",
      },
      yes,
    );
    if (answer !== yes) {
      throw cancelled();
    }
    return undefined;
  }
}
