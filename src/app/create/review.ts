import * as vscode from "vscode";
import type { ManagementCluster } from "../../kube/index.ts";
import { loadClusterRoom } from "../chunks.ts";
import type { App } from "../commands/command.ts";
import { cancelled } from "../errors.ts";
import { writeNewFile } from "../profiles/newFile.ts";
import { BACK, type Back, type Choice, pick, type StepPlace } from "../quickFlow.ts";
import { machinesText } from "./draft.ts";
import type { Prepared } from "./prepared.ts";
import { create, objectsOf, plan, showPreview, validateOnly } from "./run.ts";

type Action = "create" | "preview" | "validate" | "save";

/** The last step: shows what would be created, and does it or shows it. Preview and validation come back here. */
export async function review(
  app: App,
  management: ManagementCluster,
  prepared: Prepared,
  place: StepPlace,
  offer: { readonly save: boolean },
): Promise<Back | undefined> {
  const planned = await plan(management, prepared);
  let active: Action = "create";
  for (;;) {
    const action: Action | Back = await pick<Action>(place, {
      placeholder: `${prepared.request.name} in ${prepared.request.namespace}: ${machinesText(prepared.request)}`,
      choices: choices(management, prepared, objectsOf(planned).length, planned.warnings, offer.save),
      active: (value) => value === active,
    });
    switch (action) {
      case BACK:
        return BACK;
      case "create":
        await create(app, management, prepared);
        return undefined;
      case "preview":
        await showPreview(app, management, prepared, planned);
        break;
      case "validate":
        await validateOnly(management, prepared);
        break;
      case "save":
        await save(prepared);
        return undefined;
    }
    active = "create";
  }
}

function choices(
  management: ManagementCluster,
  { request, source }: Prepared,
  count: number,
  warnings: readonly string[],
  save: boolean,
): (Choice<Action> | vscode.QuickPickItem)[] {
  const items: (Choice<Action> | vscode.QuickPickItem)[] = [
    {
      label: "$(rocket) Create Cluster",
      detail: `Publishes ${source.profile.name} ${source.profile.version}, has ${management.name} check ${count} objects, then writes them`,
      value: "create",
    },
    {
      label: "$(open-preview) Preview Objects",
      detail: "Opens the YAML of every object beside; nothing is written",
      value: "preview",
    },
    {
      label: "$(pass) Validate Only",
      detail: `Asks ${management.name} whether it would take every object; nothing is written`,
      value: "validate",
    },
  ];
  if (save) {
    items.push({
      label: "$(save) Save as Request File",
      detail: `${request.name}.cluster.yaml, for Git and the command line`,
      value: "save",
    });
  }
  if (warnings.length > 0) {
    items.push({ label: "To know", kind: vscode.QuickPickItemKind.Separator });
    for (const warning of warnings) {
      items.push({ label: `$(info) ${warning}`, value: "preview" });
    }
  }
  return items;
}

/** Writes the request beside the profile (or where the user says), never over an existing file, and opens it. */
async function save({ request, source }: Prepared): Promise<void> {
  const folder =
    source.uri?.scheme === "file" || source.uri?.scheme === "vscode-remote"
      ? vscode.Uri.joinPath(source.uri, "..")
      : vscode.workspace.workspaceFolders?.[0]?.uri;
  const { formatRequest } = await loadClusterRoom();
  const target =
    folder === undefined
      ? await vscode.window.showSaveDialog({
          title: "Save the request",
          filters: { "Cluster request": ["cluster.yaml"] },
        })
      : vscode.Uri.joinPath(folder, `${request.name}.cluster.yaml`);
  if (target === undefined) {
    throw cancelled();
  }
  const text = formatRequest({ ...request, profiles: [source.reference(vscode.Uri.joinPath(target, ".."))] });
  await writeNewFile(target, text);
}
