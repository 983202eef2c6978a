import * as vscode from "vscode";
import { loadProfileRoom } from "../chunks.ts";
import { cancelled } from "../errors.ts";
import type { CommandHandler } from "./command.ts";
import { targetProfileDocument } from "./targets.ts";

/** *Export Profile*: the profile as the JSON that Palette imports. The profile file itself imports as well, as YAML. */
export const exportProfile: CommandHandler = async (_app, target) => {
  const document = await targetProfileDocument(target);
  const room = await loadProfileRoom();
  const json = room.profileToJson(room.parseProfile(document.getText()));
  const file = await vscode.window.showSaveDialog({
    title: "Export Profile",
    saveLabel: "Export",
    filters: { JSON: ["json"] },
    ...(document.uri.scheme === "untitled" ? {} : { defaultUri: jsonUri(document.uri) }),
  });
  if (file === undefined) {
    throw cancelled();
  }
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(json));
  await vscode.window.showTextDocument(file, { preview: false });
};

/** `shop.json` beside `shop.profile.yaml`. */
function jsonUri(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: `${uri.path.replace(/(?:\.profile)?\.ya?ml$/, "")}.json` });
}
