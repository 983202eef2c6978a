import * as vscode from "vscode";
import type { PublishedProfile } from "../../kube/index.ts";
import type * as ProfileRoom from "../../profile/index.ts";
import type { ProfileDocument } from "../../profile/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadCatalog, loadProfileRoom } from "../chunks.ts";
import { cancelled } from "../errors.ts";
import { LANGUAGES } from "../ids.ts";
import { workspacePath } from "../profiles/places.ts";
import { type ProfileFile, readText } from "../profiles/profileIndex.ts";
import { BACK, type Choice, pick, type StepPlace } from "../quickFlow.ts";
import type { App, CommandHandler } from "./command.ts";
import { targetOrActiveUri, targetPublished } from "./targets.ts";

const TITLE = "Compare Profile Versions";
const PATIENCE_MS = 1000;

/** One side of a comparison: a file, a published version, or a file that is yet to be chosen. */
type Side =
  | { readonly kind: "file"; readonly uri: vscode.Uri }
  | { readonly kind: "published"; readonly published: PublishedProfile }
  | { readonly kind: "browse" };

/** A side that has been read. */
interface Version {
  readonly uri: vscode.Uri;
  readonly document: ProfileDocument;
  readonly name: string;
  readonly version: string;
}

/** *Compare Profile Versions*: what differs by layer and value, and both texts side by side. */
export const compareProfileVersions: CommandHandler = async (app, target) => {
  const room = await loadProfileRoom();
  const published = await publishedVersions(app);
  const files = await app.profiles.files();
  const given = targetSide(target);
  const step = (number: number): StepPlace => ({
    title: TITLE,
    step: number,
    totalSteps: given === undefined ? 2 : 1,
    canGoBack: false,
  });
  const first = await read(
    app,
    room,
    given ?? (await choose(step(1), "Which profile", files, published, undefined)),
  );
  const second = await read(
    app,
    room,
    await choose(step(given === undefined ? 2 : 1), `Compare ${title(first)} with`, files, published, first),
  );
  const { compareVersions } = await loadCatalog();
  // The older version on the left, whichever was named first.
  const [before, after] =
    compareVersions(first.version, second.version) > 0 ? [second, first] : [first, second];
  await show(app, room, before, after);
};

/** The published versions of a connected management cluster; files are compared without it when it takes its time. */
async function publishedVersions({ fleet }: App): Promise<readonly PublishedProfile[]> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
  return (await Promise.race([fleet.first(), late]))?.published ?? [];
}

function targetSide(target: unknown): Side | undefined {
  const published = targetPublished(target);
  if (published !== undefined) {
    return { kind: "published", published };
  }
  const uri = targetOrActiveUri(target, LANGUAGES.profile);
  return uri === undefined ? undefined : { kind: "file", uri };
}

/** Asks for a side: versions of the same profile first, then all others, then any file. */
async function choose(
  place: StepPlace,
  placeholder: string,
  files: readonly ProfileFile[],
  published: readonly PublishedProfile[],
  other: Version | undefined,
): Promise<Side> {
  const rows = [
    ...files
      .filter(({ uri }) => uri.toString() !== other?.uri.toString())
      .map(({ uri, summary }) => ({
        name: summary.name,
        choice: {
          label: `$(layers) ${summary.name || workspacePath(uri)} ${summary.version}`,
          description: workspacePath(uri),
          value: { kind: "file", uri } as Side,
        },
      })),
    ...published.map((each) => ({
      name: each.name,
      choice: {
        label: `$(lock) ${each.name} ${each.version}`,
        description: `published in ${each.namespace}`,
        value: { kind: "published", published: each } as Side,
      },
    })),
  ];
  const same = rows.filter(({ name }) => name === other?.name);
  const others = rows.filter(({ name }) => name !== other?.name);
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const choices: (Choice<Side> | vscode.QuickPickItem)[] = [
    ...(same.length === 0 ? [] : [separator(`Versions of ${other?.name ?? ""}`)]),
    ...same.map(({ choice }) => choice),
    ...(others.length === 0 ? [] : [separator(other === undefined ? "Profiles" : "Other profiles")]),
    ...others.map(({ choice }) => choice),
    separator(""),
    { label: "$(folder-opened) Choose a file…", alwaysShow: true, value: { kind: "browse" } },
  ];
  const side = await pick<Side>(place, { placeholder, choices });
  if (side === BACK) {
    throw cancelled();
  }
  return side;
}

async function read(app: App, room: typeof ProfileRoom, side: Side): Promise<Version> {
  if (side.kind === "published") {
    const { name, version, namespace, text } = side.published;
    const uri = await app.documents.provide(`published/${namespace}/${name}-${version}.profile.yaml`, text);
    return versionOf(room, uri, text, `${name} ${version}`);
  }
  const uri = side.kind === "file" ? side.uri : await browse();
  const text = await readText(uri).catch((cause: unknown) => {
    throw new PaletteError("NotFound", `${workspacePath(uri)} cannot be read`, { cause });
  });
  return versionOf(room, uri, text, workspacePath(uri));
}

function versionOf(room: typeof ProfileRoom, uri: vscode.Uri, text: string, what: string): Version {
  const document = room.parseProfile(text);
  const [problem] = document.syntax.filter(({ severity }) => severity === "error");
  if (problem !== undefined || document.foreign) {
    throw new PaletteError("InvalidDocument", `${what} cannot be compared`, {
      next: problem?.message ?? "It is not a cluster profile.",
    });
  }
  const { name, version } = room.headOf(document);
  return { uri, document, name, version };
}

async function browse(): Promise<vscode.Uri> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: TITLE,
      openLabel: "Compare",
      filters: { Profiles: ["yaml", "yml", "json"] },
    })) ?? [];
  if (file === undefined) {
    throw cancelled();
  }
  return file;
}

function title({ name, version, uri }: Version): string {
  return `${name || workspacePath(uri)} ${version}`;
}

/** The texts side by side in VS Code's own editor, and in front of it what differs in words. */
async function show(app: App, room: typeof ProfileRoom, before: Version, after: Version): Promise<void> {
  const names = { before: title(before), after: title(after) };
  const text = room.comparisonText(
    room.compareProfiles(before.document, after.document),
    names,
    room.checkUpgrade(before.document, after.document),
  );
  await vscode.commands.executeCommand(
    "vscode.diff",
    before.uri,
    after.uri,
    `${names.before} ↔ ${names.after}`,
    { preview: false },
  );
  const file = `${before.name || "profile"} ${before.version} to ${after.version}.md`.replace(/[\\/:]/g, "-");
  await app.documents.show(`comparison/${file}`, text);
}
