import assert from "node:assert/strict";
import { mkdir, mkdtemp, rename, writeFile as writeText } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as vscode from "vscode";

const EXTENSION = "palette-onboarding.palette-onboarding";

/** The extension under test. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION);
  assert.ok(found, `${EXTENSION} is not installed`);
  return found;
}

/** Gives the first truthy value of `look`, which is asked again until then; fails with `what` when that is too long. */
export async function eventually<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = Date.now() + 50_000; // A machine may have much else to do.
  for (;;) {
    const value = await look();
    if (value) {
      return value;
    }
    assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Writes a file into the workspace, and gives its uri. */
export async function writeFile(name: string, text: string): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "no workspace folder is open");
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/**
 * Puts a folder with the file `path` in it into the workspace at once, as git does and `mv`: VS Code hears of the folder
 * alone. Gives the uri of the folder.
 */
export async function writeFolder(name: string, path: string, text: string): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, "no workspace folder is open");
  const elsewhere = await mkdtemp(join(dirname(folder.uri.fsPath), "elsewhere-"));
  await mkdir(dirname(join(elsewhere, path)), { recursive: true });
  await writeText(join(elsewhere, path), text);
  await rename(elsewhere, join(folder.uri.fsPath, name));
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens `uri` in an editor. */
export async function openFile(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Gives what `work` has VS Code say to the user, as `warning: …` and `error: …`; nobody presses a button. */
export async function shownBy(work: () => Promise<unknown>): Promise<string[]> {
  const shown: string[] = [];
  const { showWarningMessage, showErrorMessage } = vscode.window;
  const say = (kind: string) => async (message: string) => {
    shown.push(`${kind}: ${message}`);
    return undefined;
  };
  Object.assign(vscode.window, { showWarningMessage: say("warning"), showErrorMessage: say("error") });
  try {
    await work();
  } finally {
    Object.assign(vscode.window, { showWarningMessage, showErrorMessage });
  }
  return shown;
}
