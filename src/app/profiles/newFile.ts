import * as vscode from "vscode";
import { cancelled } from "../errors.ts";
import { LANGUAGES } from "../ids.ts";

/** The folder for a new profile: the only one, or the one that the user picks; nothing where none is open. */
export async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2) {
    return folders[0]?.uri;
  }
  const folder = await vscode.window.showWorkspaceFolderPick({
    placeHolder: "Choose the folder for the profile",
  });
  if (folder === undefined) {
    throw cancelled();
  }
  return folder.uri;
}

/** Where a profile of this name belongs. */
export function profileUri(folder: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, `${name}.profile.yaml`);
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** Writes a new file through an edit that never overwrites, and opens it. */
export async function writeNewFile(uri: vscode.Uri, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(
      `${vscode.workspace.asRelativePath(uri)} was not written: it exists, or the folder is read-only`,
    );
  }
  await vscode.window.showTextDocument(uri, { preview: false });
}

/** Opens a profile that is not a file yet. */
export async function openUntitledProfile(text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: LANGUAGES.profile, content: text });
  await vscode.window.showTextDocument(document, { preview: false });
}
