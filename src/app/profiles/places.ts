import * as vscode from "vscode";
import type { Span } from "../../shared/diagnostic.ts";
import type { TextPlace } from "./summary.ts";

/** A path inside the workspace, with the folder's name where there are several. */
export function workspacePath(uri: vscode.Uri): string {
  return uri.scheme === "untitled" ? uri.path : vscode.workspace.asRelativePath(uri);
}

/** The command of a tree row that opens `uri`, at `place` where one is given. */
export function openCommand(uri: vscode.Uri, place?: TextPlace): vscode.Command {
  return {
    command: "vscode.open",
    title: "Open",
    arguments: place === undefined ? [uri] : [uri, { selection: range(place) }],
  };
}

/** Opens `uri` with the cursor at `place`. */
export async function openAt(uri: vscode.Uri, place?: TextPlace): Promise<void> {
  await vscode.window.showTextDocument(uri, {
    preview: false,
    ...(place === undefined ? {} : { selection: range(place) }),
  });
}

/** A span of the document's text in VS Code's terms. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function range({ line, character }: TextPlace): vscode.Range {
  return new vscode.Range(line, character, line, character);
}
