import * as vscode from "vscode";
import { PaletteError } from "../../shared/errors.ts";
import { cancelled, RemediableError } from "../errors.ts";
import { commandLine, consentKey, liesWithin, shortPath } from "./kubeconfigs.ts";

const MEMENTO = "palette.execConsents";

const manageTrust = {
  title: "Manage Workspace Trust",
  run: () => vscode.commands.executeCommand("workbench.trust.manage"),
};

/** Throws where the kubeconfig at `path` comes from a workspace that is not trusted: a kubeconfig can run code. */
export async function assertTrusted(path: string): Promise<void> {
  if (vscode.workspace.isTrusted) {
    return;
  }
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === "file")
    .map((folder) => folder.uri.fsPath);
  if (await liesWithin(path, folders)) {
    throw new RemediableError(
      "Forbidden",
      `The kubeconfig ${shortPath(path)} belongs to this workspace, which is not trusted`,
      { next: "Trust the workspace first, or choose a kubeconfig outside of it." },
      [manageTrust],
    );
  }
}

/**
 * Asks whether the program that a kubeconfig names may run to sign in, and remembers a yes for exactly this
 * file content and command. Throws in a workspace that is not trusted, where it may not ask, and `Cancelled`
 * on a no.
 */
export async function allowExec(
  state: vscode.Memento,
  { path, context }: { readonly path: string; readonly context: string },
  exec: { readonly command: string; readonly args?: readonly string[] },
  mayAsk: boolean,
): Promise<boolean> {
  const line = commandLine(exec.command, exec.args ?? []);
  if (!vscode.workspace.isTrusted) {
    throw new RemediableError(
      "Forbidden",
      `Context ${context} signs in by running ${line}, which a workspace that is not trusted may not do`,
      { next: "Trust the workspace first, or choose a context that needs no program." },
      [manageTrust],
    );
  }
  const key = await consentKey(path, exec.command, exec.args ?? []).catch((cause: unknown) => {
    throw new PaletteError("NotFound", `The kubeconfig ${shortPath(path)} cannot be read`, { cause });
  });
  const known = state.get<readonly string[]>(MEMENTO, []);
  if (known.includes(key)) {
    return true;
  }
  if (!mayAsk) {
    throw new PaletteError("Prerequisite", `Context ${context} signs in by running ${line}`, {
      next: "Connect to it once more to allow this.",
    });
  }
  const yes = "Run and Connect";
  const answer = await vscode.window.showWarningMessage(
    `Run a program to sign in to ${context}?`,
    {
      modal: true,
      detail: `The kubeconfig ${shortPath(path)} asks for this command:\n\n${line}\n\nIt runs on this machine with your rights. The answer is remembered until the file or the command changes.`,
    },
    yes,
  );
  if (answer !== yes) {
    throw cancelled();
  }
  await state.update(MEMENTO, [...known, key]);
  return true;
}
