import * as vscode from "vscode";
import { cancelled } from "../../errors.ts";
import { exists } from "../../profiles/newFile.ts";
import { fileChoice, fileOf, referenceOf } from "./profiles.ts";
import type { CreateSession } from "./session.ts";

/** *Save as File*: saves the file of the request, or makes one in the workspace, or where the user says. */
export async function saveRequest(session: CreateSession): Promise<void> {
  const { text, request } = session;
  if (await text.save()) {
    return;
  }
  const target = await chooseTarget(text.folder, request.name);
  const [profile] = request.profiles;
  const file = profile === undefined ? undefined : fileOf(profile, text.folder);
  if (profile !== undefined && "file" in profile && file !== undefined) {
    // The profile is named from where the request stands.
    const reference = referenceOf(fileChoice(file), vscode.Uri.joinPath(target, ".."));
    if (reference !== undefined && "file" in reference && reference.file !== profile.file) {
      await session.change(() => [{ path: ["spec", "profiles", 0, "file"], value: reference.file }]);
    }
  }
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text.text));
  await text.moveTo(target);
}

/** A file of the workspace that does not exist yet, without asking; else the user says where. */
async function chooseTarget(folder: vscode.Uri | undefined, name: string): Promise<vscode.Uri> {
  const own =
    folder === undefined || name === "" ? undefined : vscode.Uri.joinPath(folder, `${name}.cluster.yaml`);
  if (own !== undefined && !(await exists(own))) {
    return own;
  }
  const target = await vscode.window.showSaveDialog({
    title: "Save the request",
    filters: { "Cluster request": ["cluster.yaml"] },
    ...(own === undefined ? {} : { defaultUri: own }),
  });
  if (target === undefined) {
    throw cancelled();
  }
  return target;
}
