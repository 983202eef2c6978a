import * as vscode from "vscode";
import type { Profile } from "../../profile/model.ts";
import { loadKube, loadProfileRoom } from "../chunks.ts";
import { type ProfileSource, sourceOfFile, sourceOfPublished } from "../create/source.ts";
import { cancelled, RemediableError } from "../errors.ts";
import { addOnsOutOfTheBox } from "../panels/createCluster/profiles.ts";
import { workspacePath } from "../profiles/places.ts";
import { summarize } from "../profiles/summary.ts";
import { withTask } from "../progress.ts";
import { ask, BACK, type Choice, pick } from "../quickFlow.ts";
import type { App, CommandHandler } from "./command.ts";
import { takesLayers, targetCluster } from "./targets.ts";

const TITLE = "Attach Add-on Profile";

/** *Attach Add-on Profile*: puts an add-on profile on a cluster, or another version of one that is on it. */
export const attachProfile: CommandHandler = async (app, target) => {
  const cluster = await targetCluster(app, target, TITLE, takesLayers);
  const management = await app.connection.get();
  const choices = await addOns(app);
  if (choices.length === 0) {
    throw new RemediableError("NotFound", "There is no add-on profile", {}, [
      { title: "New Cluster Profile", run: () => vscode.commands.executeCommand("palette.newProfile") },
    ]);
  }
  const read = await pick(
    { title: `${TITLE} to ${cluster.name}`, step: 1, totalSteps: 1, canGoBack: false },
    { placeholder: "Which profile", choices, matchDetail: true },
  );
  if (read === BACK) {
    throw cancelled();
  }
  const { text, profile } = await read();
  const variables = await missingValues(profile);
  const registries = await app.registries.settings();
  const { attachProfile: attach } = await loadKube();
  await withTask(`Attaching ${profile.name} ${profile.version} to ${cluster.name}`, (task) =>
    attach(
      management,
      { namespace: cluster.namespace, name: cluster.name },
      { profileText: text, registries, ...(variables === undefined ? {} : { variables }) },
      {
        signal: task.signal,
        onProgress: ({ step, done, total }) => task.report(step, done / total),
      },
    ),
  );
  void vscode.window.showInformationMessage(
    `${profile.name} ${profile.version} is attached to ${cluster.name}. The Clusters view shows how far its layers are.`,
  );
};

type Read = () => Promise<ProfileSource>;

/** Add-on profiles by where they come from; each is read when it is taken. */
async function addOns(app: App): Promise<(Choice<Read> | vscode.QuickPickItem)[]> {
  const room = await loadProfileRoom();
  const files = (await app.profiles.files())
    .filter(({ summary }) => summary.type === "add-on")
    .map(
      ({ uri, summary }): Choice<Read> => ({
        label: `$(layers) ${summary.name || workspacePath(uri)} ${summary.version}`,
        description: workspacePath(uri),
        value: () => sourceOfFile(uri),
      }),
    );
  const published = ((await app.fleet.first())?.published ?? [])
    .filter((each) => summarize(room, each.text).type === "add-on")
    .map(
      (each): Choice<Read> => ({
        label: `$(lock) ${each.name} ${each.version}`,
        description: `published in ${each.namespace}`,
        value: () => sourceOfPublished(each),
      }),
    );
  const shipped = (await addOnsOutOfTheBox(app.context.extensionUri)).map((each): Choice<Read> => {
    const { profile } = summarize(room, each.text);
    return {
      label: `$(package) ${each.name} ${each.version}`,
      detail: each.description,
      value: async () => ({ text: each.text, profile: profile as Profile }),
    };
  });
  const group = (label: string, choices: readonly Choice<Read>[]): (Choice<Read> | vscode.QuickPickItem)[] =>
    choices.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...choices];
  return [
    ...group("Workspace", files),
    ...group("Published", published),
    ...group("Out of the box", shipped),
  ];
}

/** Values of the variables that must have one and have no default; nothing where there are none. */
async function missingValues({ variables }: Profile): Promise<Record<string, string> | undefined> {
  const missing = variables.filter((each) => each.required && each.defaultValue === undefined);
  const values: Record<string, string> = {};
  for (const [i, variable] of missing.entries()) {
    const value = await ask(
      { title: TITLE, step: i + 1, totalSteps: missing.length, canGoBack: false },
      {
        prompt: [variable.displayName || variable.name, variable.description].filter(Boolean).join(". "),
        value: "",
        password: variable.isSensitive,
        validate: (text) => (text === "" ? "The profile needs a value." : undefined),
      },
    );
    if (value === BACK) {
      throw cancelled();
    }
    values[variable.name] = value;
  }
  return missing.length === 0 ? undefined : values;
}
