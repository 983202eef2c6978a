import * as vscode from "vscode";
import type { ProfileRef } from "../../../cluster/model.ts";
import type { PublishedProfile } from "../../../kube/index.ts";
import type * as ProfileRoom from "../../../profile/index.ts";
import type { Profile } from "../../../profile/model.ts";
import type { Option, OptionGroup } from "../../../shared/form.ts";
import { loadProfileRoom } from "../../chunks.ts";
import { today } from "../../clock.ts";
import { workspacePath } from "../../profiles/places.ts";
import { type ProfileFile, readText } from "../../profiles/profileIndex.ts";
import { stateOf, summarize } from "../../profiles/summary.ts";
import type { ChosenProfile } from "./model.ts";

/** A profile that ships with the extension. */
export interface OutOfTheBox {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly text: string;
}

/** Where profiles can come from. */
export interface ProfileSources {
  readonly files: readonly ProfileFile[];
  readonly published: readonly PublishedProfile[];
  readonly outOfTheBox: readonly OutOfTheBox[];
}

const addOnVersions = new WeakMap<PublishedProfile, boolean>();

/** Whether a published version is of an add-on profile; each is read once. */
export function isAddOn(room: typeof ProfileRoom, published: PublishedProfile): boolean {
  const known = addOnVersions.get(published);
  const found = known ?? room.profileOf(room.parseProfile(published.text))?.type === "add-on";
  addOnVersions.set(published, found);
  return found;
}

let shipped: Promise<(OutOfTheBox & Pick<Profile, "type">)[]> | undefined;

/** The full and infrastructure profiles that ship with the extension, read once. */
export async function outOfTheBox(extension: vscode.Uri): Promise<OutOfTheBox[]> {
  return (await allShipped(extension)).filter(({ type }) => type === "cluster" || type === "infra");
}

/** The add-on profiles that ship with the extension. */
export async function addOnsOutOfTheBox(extension: vscode.Uri): Promise<OutOfTheBox[]> {
  return (await allShipped(extension)).filter(({ type }) => type === "add-on");
}

function allShipped(extension: vscode.Uri): NonNullable<typeof shipped> {
  shipped ??= readShipped(vscode.Uri.joinPath(extension, "catalog", "profiles"));
  return shipped;
}

async function readShipped(folder: vscode.Uri): Promise<(OutOfTheBox & Pick<Profile, "type">)[]> {
  const room = await loadProfileRoom();
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const found = await Promise.all(
    entries
      .map(([name]) => name)
      .filter((name) => name.endsWith(".profile.yaml"))
      .sort()
      .map(async (file) => {
        const text = await readText(vscode.Uri.joinPath(folder, file));
        const profile = room.profileOf(room.parseProfile(text));
        if (profile === undefined) {
          return [];
        }
        const { name, version, description = "", type } = profile;
        return [{ name, version, description, text, type }];
      }),
  );
  return found.flat();
}

/** The choices of the form, and nothing that no cluster can be made of; `management` is where versions are published. */
export function profileChoices(
  { files, published, outOfTheBox: ready }: ProfileSources,
  management: string | undefined,
): OptionGroup[] {
  const groups = [
    {
      label: "Workspace",
      options: files
        .filter(({ summary }) => summary.type !== "add-on" && summary.type !== "system")
        .map(({ uri, summary }): Option => {
          const name = [summary.name, summary.version].filter((part) => part !== "").join(" ");
          const state = summary.profile === undefined ? `, ${stateOf(summary)}` : "";
          return {
            value: fileChoice(uri),
            label: `${name === "" ? "" : `${name}, `}${workspacePath(uri)}${state}`,
          };
        }),
    },
    {
      label: management === undefined ? "Published" : `Published on ${management}`,
      options: published.map(
        ({ name, version }): Option => ({
          value: `published:${name}@${version}`,
          label: `${name} ${version}`,
        }),
      ),
    },
    {
      label: "Out of the box",
      options: ready.map(
        ({ name, version, description }): Option => ({
          value: `ready:${name}@${version}`,
          label: `${name} ${version}${description === "" ? "" : `, ${description}`}`,
        }),
      ),
    },
  ];
  return groups.filter(({ options }) => options.length > 0);
}

/** Add-on profiles without errors, each version once: the file in the workspace before what was made of it. */
export function addOnChoices({ files, published, outOfTheBox: ready }: ProfileSources): Option[] {
  const all = [
    ...files.flatMap(({ uri, summary: { type, profile } }): Option[] =>
      type === "add-on" && profile !== undefined
        ? [{ value: fileChoice(uri), label: `${profile.name} ${profile.version}` }]
        : [],
    ),
    ...published.map(({ name, version }) => ({
      value: `published:${name}@${version}`,
      label: `${name} ${version}`,
    })),
    ...ready.map(({ name, version }) => ({ value: `ready:${name}@${version}`, label: `${name} ${version}` })),
  ];
  return [...new Map(all.toReversed().map((option) => [option.label, option])).values()];
}

export function fileChoice(uri: vscode.Uri): string {
  return `file:${uri.toString()}`;
}

/** How a request in `folder` names what was chosen; nothing for what is no choice. */
export function referenceOf(choice: string, folder: vscode.Uri | undefined): ProfileRef | undefined {
  const [, kind, rest = ""] = /^(file|published|ready):(.+)$/s.exec(choice) ?? [];
  if (kind === "file") {
    return { file: relativePath(folder, vscode.Uri.parse(rest, true)) };
  }
  const at = rest.lastIndexOf("@");
  return kind === undefined || at < 1 ? undefined : { name: rest.slice(0, at), version: rest.slice(at + 1) };
}

/** The file that a request in `folder` names. */
export function fileOf(ref: ProfileRef, folder: vscode.Uri | undefined): vscode.Uri | undefined {
  if (!("file" in ref) || ref.file === "") {
    return undefined;
  }
  if (ref.file.startsWith("untitled:")) {
    return vscode.Uri.parse(ref.file, true);
  }
  return ref.file.startsWith("/") || folder === undefined
    ? vscode.Uri.file(ref.file)
    : vscode.Uri.joinPath(folder, ref.file);
}

/** Finds a profile that a request in `folder` names. */
export async function findProfile(
  ref: ProfileRef | undefined,
  folder: vscode.Uri | undefined,
  { published, outOfTheBox: ready }: ProfileSources,
): Promise<ChosenProfile> {
  const room = await loadProfileRoom();
  if (ref === undefined || ("file" in ref ? ref.file === "" : ref.name === "")) {
    return { kind: "none" };
  }
  const uri = fileOf(ref, folder);
  if (uri !== undefined) {
    const choice = fileChoice(uri);
    const text = await readText(uri).catch(() => undefined);
    return text === undefined
      ? {
          kind: "unusable",
          choice,
          problem: `Profile ${workspacePath(uri)} cannot be read. Choose another one.`,
          stack: undefined,
          isFile: false,
        }
      : judged(room, choice, text, true);
  }
  if ("file" in ref) {
    return { kind: "none" };
  }
  const same = (each: { readonly name: string; readonly version: string }) =>
    each.name === ref.name && each.version === ref.version;
  const known = published.find(same);
  const shippedOne = ready.find(same);
  const id = `${ref.name}@${ref.version}`;
  if (known !== undefined) {
    return judged(room, `published:${id}`, known.text, false);
  }
  if (shippedOne !== undefined) {
    return judged(room, `ready:${id}`, shippedOne.text, false);
  }
  return {
    kind: "unusable",
    choice: `published:${id}`,
    problem: `Profile ${ref.name} ${ref.version} is not published here. Publish it, or choose another one.`,
    stack: undefined,
    isFile: false,
  };
}

function judged(room: typeof ProfileRoom, choice: string, text: string, isFile: boolean): ChosenProfile {
  const document = room.parseProfile(text);
  const stack = room.stackOf(document, room.checkProfile(document), { today: today(), last: undefined });
  const summary = summarize(room, text);
  const { profile } = summary;
  if (profile === undefined) {
    const state = stateOf(summary);
    const [first] = summary.errors;
    return {
      kind: "unusable",
      choice,
      problem:
        summary.missing.length > 0 || first === undefined
          ? `No cluster can be made of this profile: ${state}.`
          : `No cluster can be made of this profile: ${first.message}`,
      stack,
      isFile,
    };
  }
  return { kind: "usable", choice, profile, text, stack, isFile };
}

function relativePath(folder: vscode.Uri | undefined, uri: vscode.Uri): string {
  if (uri.scheme === "untitled") {
    return uri.toString();
  }
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
