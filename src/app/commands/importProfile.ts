import * as vscode from "vscode";
import { PaletteError } from "../../shared/errors.ts";
import { loadClusterRoom, loadProfileRoom } from "../chunks.ts";
import { cancelled } from "../errors.ts";
import { chooseFolder, exists, openUntitledProfile, profileUri, writeNewFile } from "../profiles/newFile.ts";
import { workspacePath } from "../profiles/places.ts";
import { readText } from "../profiles/profileIndex.ts";
import type { CommandHandler } from "./command.ts";
import { targetUri } from "./targets.ts";

/** *Import Profile File*: an export of Palette, JSON or YAML, becomes a profile file of the workspace. */
export const importProfile: CommandHandler = async (_app, target) => {
  const source = targetUri(target) ?? (await chooseFile());
  const room = await loadProfileRoom();
  const text = await readText(source).catch((cause: unknown) => {
    throw new PaletteError("NotFound", `${workspacePath(source)} cannot be read`, { cause });
  });
  const document = room.parseProfile(text);
  if (document.foreign || (document.view !== undefined && document.view.specKey === undefined)) {
    throw new PaletteError("InvalidDocument", `${workspacePath(source)} is not a cluster profile`, {
      next: "Choose a file that Palette exported.",
    });
  }
  // YAML is a profile file already: its comments stay.
  const profile = /^\uFEFF?\s*\{/.test(text) ? room.profileToYaml(document) : text;
  const { name, version } = room.headOf(document);
  const { slug } = await loadClusterRoom();
  const folder = await chooseFolder();
  if (folder === undefined) {
    await openUntitledProfile(profile);
  } else {
    await writeNewFile(await freeUri(folder, slug(name || "profile"), slug(version)), profile);
  }
};

async function chooseFile(): Promise<vscode.Uri> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: "Import Profile File",
      openLabel: "Import",
      filters: { "Profiles exported by Palette": ["json", "yaml", "yml"] },
    })) ?? [];
  if (file === undefined) {
    throw cancelled();
  }
  return file;
}

/** A name that no file has: the profile's, else with its version, else with a number. */
async function freeUri(folder: vscode.Uri, name: string, version: string): Promise<vscode.Uri> {
  const names = [name, `${name}-${version}`];
  for (let i = 0; ; i += 1) {
    const uri = profileUri(folder, names[i] ?? `${name}-${version}-${i}`);
    if (!(await exists(uri))) {
      return uri;
    }
  }
}
