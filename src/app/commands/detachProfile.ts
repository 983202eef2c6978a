import * as vscode from "vscode";
import type { ClusterRef } from "../../kube/index.ts";
import { describeError, PaletteError } from "../../shared/errors.ts";
import { loadKube } from "../chunks.ts";
import { BACK, pick, runFlow } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";
import { layerTargets, withClusters } from "./layerTargets.ts";

const TITLE = "Detach Add-on Profile";

/** *Detach Add-on Profile*: takes an add-on profile off clusters; its software stays or goes, as the user says. */
export const detachProfile: CommandHandler = async (app, target) => {
  const management = await app.connection.get();
  const targets = await layerTargets(app, target, TITLE, management);
  const { detachableProfiles, detachProfile: detach } = await loadKube();
  const attached = new Map<string, Set<string>>();
  const carriers = new Map<string, ClusterRef[]>();
  const unread: string[] = [];
  for (const ref of targets.refs) {
    try {
      for (const { name, version } of await detachableProfiles(management, ref)) {
        attached.set(name, (attached.get(name) ?? new Set()).add(version));
        carriers.set(name, [...(carriers.get(name) ?? []), ref]);
      }
    } catch (error) {
      if (targets.refs.length === 1) {
        throw error;
      }
      unread.push(`${ref.name}: ${describeError(error)}`);
    }
  }
  if (unread.length > 0) {
    void vscode.window.showWarningMessage(`Some clusters are passed over. ${unread.join(" ")}`);
  }
  if (attached.size === 0) {
    throw new PaletteError("NotFound", `There is no add-on profile on ${targets.words}`, {});
  }
  let profile = "";
  let removeSoftware = false;
  await runFlow(`${TITLE} from ${targets.words}`, [
    {
      ask: async (place) => {
        const chosen = await pick(place, {
          placeholder: "Which profile",
          choices: [...attached].map(([name, versions]) => ({
            label: `$(layers) ${name}`,
            description: [...versions].join(", "),
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
  const refs = carriers.get(profile) ?? [];
  const words = refs.length === 1 ? (refs[0]?.name ?? "") : `${refs.length} clusters`;
  await withClusters(`Detaching ${profile} from ${words}`, { refs, words }, (ref, { signal, report }) =>
    detach(
      management,
      ref,
      { profile, removeSoftware },
      { signal, onProgress: ({ step, done, total }) => report(step, done / total) },
    ),
  );
  void vscode.window.showInformationMessage(
    removeSoftware
      ? `${profile} is detached from ${words}, and its software is removed.`
      : `${profile} is detached from ${words}. Its software stays.`,
  );
};
