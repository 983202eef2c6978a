import * as vscode from "vscode";
import type { ProfileRef } from "../../cluster/model.ts";
import type { PublishedProfile } from "../../kube/index.ts";
import type { Profile } from "../../profile/model.ts";
import { TYPE_NOUNS } from "../../profile/words.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadProfileRoom } from "../chunks.ts";
import { RemediableError } from "../errors.ts";
import { openAt, workspacePath } from "../profiles/places.ts";
import { type ProfileFile, readText } from "../profiles/profileIndex.ts";
import { stateOf, summarize } from "../profiles/summary.ts";
import { BACK, type Back, type Choice, pick, type StepPlace } from "../quickFlow.ts";

/** A profile without errors that a cluster can be made from: a file or a published version. */
export interface ProfileSource {
  readonly text: string;
  readonly profile: Profile;
  /** Where the file is; absent for a published version. */
  readonly uri?: vscode.Uri;
  /** How a request file in `folder` names it. */
  reference(folder: vscode.Uri | undefined): ProfileRef;
}

/**
 * Reads the profile at `uri`. Where it has errors it opens at the first of them, and the thrown error names
 * what is missing: nothing is created from it.
 */
export async function sourceOfFile(uri: vscode.Uri): Promise<ProfileSource> {
  const text = await readText(uri).catch((cause: unknown) => {
    throw new PaletteError("NotFound", `Profile ${workspacePath(uri)} cannot be read`, { cause });
  });
  const summary = summarize(await loadProfileRoom(), text);
  if (summary.profile === undefined) {
    const [first] = summary.errors;
    await openAt(uri, first?.place);
    throw new RemediableError(
      "InvalidDocument",
      `No cluster can be made from ${workspacePath(uri)}: ${summary.missing.length > 0 ? stateOf(summary) : (first?.message ?? "it is not a profile").replace(/\.$/, "")}`,
      { next: summary.missing.length > 0 ? "Use the quick fix at packs to add it." : "Correct it first." },
      [
        {
          title: "Show Problems",
          run: () => vscode.commands.executeCommand("workbench.actions.view.problems"),
        },
      ],
    );
  }
  return {
    text,
    profile: summary.profile,
    uri,
    reference: (folder) => ({ file: relativePath(folder, uri) }),
  };
}

/** Throws where `profile` has no infrastructure layers: an add-on profile goes onto a cluster, it makes none. */
export function assertInfrastructure(profile: Profile): void {
  if (profile.type !== "cluster" && profile.type !== "infra") {
    throw new PaletteError(
      "InvalidDocument",
      `No cluster can be made from ${profile.name}: ${TYPE_NOUNS[profile.type]} has no operating system, Kubernetes, network and storage`,
      { next: "Choose a full or an infrastructure profile." },
    );
  }
}

/** The published version as a source. Throws where its text is not a valid profile. */
export async function sourceOfPublished(published: PublishedProfile): Promise<ProfileSource> {
  const { profile } = summarize(await loadProfileRoom(), published.text);
  if (profile === undefined) {
    throw new PaletteError(
      "InvalidDocument",
      `Published profile ${published.name} ${published.version} has errors`,
      { next: "Publish a corrected version." },
    );
  }
  return {
    text: published.text,
    profile,
    reference: () => ({ name: published.name, version: published.version }),
  };
}

type Option =
  | { readonly kind: "file"; readonly file: ProfileFile }
  | { readonly kind: "published"; readonly published: PublishedProfile }
  | { readonly kind: "new" };

/** Asks for a profile: the files of the workspace, wrong ones with what is wrong, and the published versions. */
export async function pickSource(
  place: StepPlace,
  files: readonly ProfileFile[],
  published: readonly PublishedProfile[],
): Promise<ProfileSource | "new" | Back> {
  const usable = (file: ProfileFile) => file.summary.profile !== undefined;
  const choices: (Choice<Option> | vscode.QuickPickItem)[] = [
    ...section(
      "Files of this workspace",
      [...files].sort((a, b) => Number(usable(b)) - Number(usable(a))).map(fileChoice),
    ),
    ...section(
      "Published",
      published.map(
        (each): Choice<Option> => ({
          label: `$(lock) ${each.name} ${each.version}`,
          description: [each.cloudType, each.namespace].filter((part) => part !== undefined).join(" · "),
          value: { kind: "published", published: each },
        }),
      ),
    ),
    { label: "", kind: vscode.QuickPickItemKind.Separator },
    { label: "$(add) New cluster profile…", alwaysShow: true, value: { kind: "new" } },
  ];
  const option = await pick<Option>(place, {
    placeholder: "Choose the profile that the cluster is made from",
    choices,
    matchDetail: true,
  });
  if (option === BACK) {
    return BACK;
  }
  switch (option.kind) {
    case "file":
      return sourceOfFile(option.file.uri);
    case "published":
      return sourceOfPublished(option.published);
    case "new":
      return "new";
  }
}

function fileChoice(file: ProfileFile): Choice<Option> {
  const { summary, uri } = file;
  const wrong = summary.profile === undefined;
  return {
    label: `$(${wrong ? "error" : "layers"}) ${summary.name === "" ? workspacePath(uri) : summary.name}`,
    description: [summary.version, summary.cloudType].filter((part) => part !== "").join(" · "),
    detail: `${workspacePath(uri)} · ${stateOf(summary)}${wrong ? ", opens the file" : ""}`,
    value: { kind: "file", file },
  };
}

function section<T extends vscode.QuickPickItem>(
  label: string,
  items: readonly T[],
): (T | vscode.QuickPickItem)[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function relativePath(folder: vscode.Uri | undefined, uri: vscode.Uri): string {
  if (folder === undefined) {
    return uri.fsPath;
  }
  const from = folder.path.split("/").filter((part) => part !== "");
  const to = uri.path.split("/").filter((part) => part !== "");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) {
    shared += 1;
  }
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}
