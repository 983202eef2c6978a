import * as vscode from "vscode";
import type { TaskProgress as KubeProgress } from "../../kube/index.ts";
import type { AttachmentPreview } from "../../layers/index.ts";
import { isInTheWay, previewText } from "../../layers/previewText.ts";
import type { Profile, Variable } from "../../profile/model.ts";
import { loadKube, loadProfileRoom } from "../chunks.ts";
import { type ProfileSource, sourceOfFile, sourceOfPublished } from "../create/source.ts";
import { cancelled, RemediableError } from "../errors.ts";
import { addOnsOutOfTheBox } from "../panels/createCluster/profiles.ts";
import { askVariables } from "../profiles/askVariables.ts";
import { workspacePath } from "../profiles/places.ts";
import { summarize } from "../profiles/summary.ts";
import { BACK, type Choice, pick } from "../quickFlow.ts";
import { loginConsent } from "../registries/loginConsent.ts";
import type { App, CommandHandler } from "./command.ts";
import { layerTargets, withClusters } from "./layerTargets.ts";

const TITLE = "Attach Add-on Profile";

/** *Attach Add-on Profile*: puts an add-on profile on clusters, or another version of one that is on them. */
export const attachProfile: CommandHandler = async (app, target) => {
  const management = await app.connection.get();
  const targets = await layerTargets(app, target, TITLE, management);
  const choices = await addOns(app);
  if (choices.length === 0) {
    throw new RemediableError("NotFound", "There is no add-on profile", {}, [
      { title: "New Cluster Profile", run: () => vscode.commands.executeCommand("palette.newProfile") },
    ]);
  }
  const place = { title: `${TITLE} to ${targets.words}`, step: 1, totalSteps: 1, canGoBack: false };
  const read = await pick(place, { placeholder: "Which profile", choices, matchDetail: true });
  if (read === BACK) {
    throw cancelled();
  }
  const { text, profile } = await read();
  const missing = profile.variables.filter((each) => each.required && each.defaultValue === undefined);
  let variables = missing.length === 0 ? undefined : await askVariables(TITLE, missing);
  const name = `${profile.name} ${profile.version}`;
  let action: Action | typeof BACK = "variables";
  while (action === "variables") {
    action = await pick<Action>(place, {
      placeholder: `What to do with ${name}`,
      choices: actions(profile),
    });
    if (action === "variables") {
      variables = await askVariables(TITLE, changeable(profile), variables);
    }
  }
  if (action === BACK) {
    throw cancelled();
  }
  const input = {
    profileText: text,
    sources: await app.registries.sources(),
    logins: await app.registries.logins(),
    ...(variables === undefined ? {} : { variables }),
  };
  const mayWriteLogin = loginConsent(management.name);
  const { attachProfile: attach, previewAttachment: preview } = await loadKube();
  if (action === "preview") {
    const previews: AttachmentPreview[] = [];
    await withClusters(`Previewing ${name} on ${targets.words}`, targets, async (ref, { signal, report }) => {
      const onProgress = ({ step, done, total }: KubeProgress) => report(step, done / total);
      previews.push(await preview(management, ref, input, { signal, onProgress, mayWriteLogin }));
    }).finally(() =>
      previews.length === 0
        ? undefined
        : app.documents.show(`previews/${name} on ${targets.words}.md`, previews.map(previewText).join("\n")),
    );
    const goOn = previews.some(isInTheWay)
      ? undefined
      : await vscode.window.showInformationMessage(
          `Nothing is changed yet on ${targets.words} for ${name}.`,
          "Attach",
        );
    if (goOn === undefined) {
      return;
    }
  }
  await withClusters(`Attaching ${name} to ${targets.words}`, targets, (ref, { signal, report }) =>
    attach(management, ref, input, {
      signal,
      onProgress: ({ step, done, total }) => report(step, done / total),
      mayWriteLogin,
    }),
  );
  void vscode.window.showInformationMessage(
    `${name} is attached to ${targets.words}. The Clusters view shows how far its layers are.`,
  );
};

type Action = "attach" | "preview" | "variables";

function actions(profile: Profile): Choice<Action>[] {
  const names = changeable(profile).map((each) => each.displayName || each.name);
  return [
    { label: "$(layers) Attach", value: "attach" },
    {
      label: "$(eye) Preview",
      detail: "Shows what would change, layer by layer. Nothing is changed on the cluster.",
      value: "preview",
    },
    ...(names.length === 0
      ? []
      : [{ label: "$(edit) Change Variables", detail: names.join(", "), value: "variables" as const }]),
  ];
}

/** The variables that a cluster may have values of its own for. */
function changeable({ variables }: Profile): readonly Variable[] {
  return variables.filter(({ hidden, immutable }) => !(hidden || immutable));
}

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
