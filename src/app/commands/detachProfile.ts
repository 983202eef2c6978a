import * as vscode from "vscode";
import { PaletteError } from "../../shared/errors.ts";
import { loadKube } from "../chunks.ts";
import { withTask } from "../progress.ts";
import { BACK, pick, runFlow } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";
import { takesLayers, targetCluster } from "./targets.ts";

const TITLE = "Detach Add-on Profile";

/** *Detach Add-on Profile*: takes an add-on profile off a cluster; its software stays or goes, as the user says. */
export const detachProfile: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, TITLE, takesLayers);
  const management = await app.connection.get();
  const { detachableProfiles, detachProfile: detach } = await loadKube();
  const ref = { namespace: cluster.namespace, name: cluster.name };
  const attached = await detachableProfiles(management, ref);
  if (attached.length === 0) {
    throw new PaletteError("NotFound", `Cluster ${cluster.name} carries no add-on profile`, {});
  }
  let profile = "";
  let removeSoftware = false;
  await runFlow(`${TITLE} from ${cluster.name}`, [
    {
      ask: async (place) => {
        const chosen = await pick(place, {
          placeholder: "Which profile",
          choices: attached.map(({ name, version }) => ({
            label: `$(layers) ${name}`,
            description: version,
            value: name,
          })),
        });
        profile = chosen === BACK ? profile : chosen;
        return chosen === BACK ? BACK : undefined;
      },
    },
    {
      ask: async (place) => {
        const chosen = await pick(place, {
          placeholder: `What becomes of the software of ${profile}`,
          choices: [
            {
              label: "$(pass) Keep it",
              detail: "It goes on running, and nobody looks after it any more.",
              value: false,
            },
            {
              label: "$(trash) Remove it",
              detail: "Its charts are uninstalled and its manifests deleted, with the data that they own.",
              value: true,
            },
          ],
        });
        removeSoftware = chosen === BACK ? removeSoftware : chosen;
        return chosen === BACK ? BACK : undefined;
      },
    },
  ]);
  await withTask(`Detaching ${profile} from ${cluster.name}`, (task) =>
    detach(
      management,
      ref,
      { profile, removeSoftware },
      {
        signal: task.signal,
        onProgress: ({ step, done, total }) => task.report(step, done / total),
      },
    ),
  );
  void vscode.window.showInformationMessage(
    removeSoftware
      ? `${profile} is detached from ${cluster.name}, and its software is removed.`
      : `${profile} is detached from ${cluster.name}. Its software stays.`,
  );
};
