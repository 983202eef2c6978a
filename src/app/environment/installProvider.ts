import * as vscode from "vscode";
import type { Finding, ManagementCluster } from "../../kube/index.ts";
import type { App } from "../commands/command.ts";
import { cancelled } from "../errors.ts";
import { objectsText } from "../objectsText.ts";
import { withTask } from "../progress.ts";

/** Shows the objects that have the Cluster API operator install what is missing, and applies them once confirmed. */
export async function installProvider(
  app: Pick<App, "documents">,
  management: ManagementCluster,
  { title, install = [] }: Finding,
): Promise<void> {
  await app.documents.show(
    `${title.replace(/\W+/g, "-").toLowerCase()}.preview.yaml`,
    await objectsText(install, [
      `What Install Provider writes to ${management.name}. Nothing is written yet.`,
      "The Cluster API operator there downloads the provider and starts it.",
    ]),
    { beside: true, preserveFocus: true },
  );
  const names = install.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(" and ");
  const answer = await vscode.window.showWarningMessage(
    `Install ${title} on ${management.name}?`,
    { modal: true, detail: `Writes ${names}. The objects are shown in the editor.` },
    "Install Provider",
  );
  if (answer === undefined) {
    throw cancelled();
  }
  await withTask(`Installing ${title}`, async (task) => {
    for (const object of install) {
      task.report(`Writing ${object.kind} ${object.metadata.name}`);
      await management.apply(object, { signal: task.signal });
    }
  });
  void vscode.window.showInformationMessage(
    `The Cluster API operator of ${management.name} installs ${title} now. Check Environment tells when it is there.`,
  );
}
