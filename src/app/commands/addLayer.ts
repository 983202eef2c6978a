import * as vscode from "vscode";
import type { Pack } from "../../catalog/index.ts";
import type * as ProfileRoom from "../../profile/index.ts";
import type { PackOffer, VersionOffer } from "../../profile/index.ts";
import type { LayerKind } from "../../profile/model.ts";
import { LAYER_ICONS, LAYER_NOUNS, LAYER_TITLES } from "../../profile/words.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadProfileRoom } from "../chunks.ts";
import { today } from "../clock.ts";
import { rangeOf } from "../profiles/places.ts";
import { BACK, type Choice, pick, runFlow, type Step } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";
import { targetProfileDocument } from "./targets.ts";

/** *Add Layer*: layer, pack and version, then the layer stands in the profile, with the catalog's values. */
export const addLayer: CommandHandler = async (app, target) => {
  const document = await targetProfileDocument(target);
  const room = await loadProfileRoom();
  const parsed = room.parseProfile(document.getText());
  const kinds = room.addableLayers(parsed);
  const { name } = room.headOf(parsed);
  const [first] = kinds;
  if (first === undefined) {
    throw new PaletteError("InvalidDocument", `${name || "This profile"} has no room for another layer`, {
      next: "An infrastructure profile has one layer of each kind, and no add-ons.",
    });
  }
  const registries = await app.registries.read();
  let kind = first;
  let pack: Pack | undefined;
  let version = "";
  const steps: Step[] = [
    {
      skip: () => kinds.length === 1,
      async ask(place) {
        const answer = await pick<LayerKind>(place, {
          placeholder: "Which layer",
          choices: kinds.map(kindChoice),
          active: (value) => value === kind,
        });
        if (answer === BACK) {
          return BACK;
        }
        kind = answer;
        return undefined;
      },
    },
    {
      async ask(place) {
        const answer = await pick<Pack>(place, {
          placeholder: `Which ${LAYER_NOUNS[kind]} pack`,
          choices: room.packOffers(parsed, kind, registries).map(packChoice),
          active: (value) => value === pack,
          matchDetail: true,
        });
        if (answer === BACK) {
          return BACK;
        }
        pack = answer;
        return undefined;
      },
    },
    {
      async ask(place) {
        if (pack === undefined) {
          return BACK;
        }
        const answer = await pick<string>(place, {
          placeholder: `Which version of ${pack.displayName}`,
          choices: versionChoices(room.versionOffers(parsed, pack, today()), room.kubernetesVersion(parsed)),
          matchDetail: true,
        });
        if (answer === BACK) {
          return BACK;
        }
        version = answer;
        return undefined;
      },
    },
  ];
  await runFlow("Add Layer", steps);
  if (pack !== undefined) {
    await insert(room, document, pack, version);
  }
};

function kindChoice(kind: LayerKind): Choice<LayerKind> {
  return {
    label: `$(${LAYER_ICONS[kind]}) ${LAYER_TITLES[kind]}`,
    ...(kind === "addon" ? {} : { description: "missing" }),
    value: kind,
  };
}

/** The kind of an add-on as description, what the pack is as detail; retired and present ones say so. */
function packChoice({ pack, present, replacement }: PackOffer): Choice<Pack> {
  const retired =
    pack.retired === undefined
      ? []
      : [`$(warning) Retired${replacement === undefined ? "" : `, replaced by ${replacement}`}.`];
  return {
    label: pack.displayName,
    description: [
      typeof pack.registry === "object" ? pack.registry.name : pack.addonType,
      ...(present ? ["already in this profile"] : []),
    ]
      .filter((part) => part !== undefined)
      .join(" · "),
    detail: [...retired, pack.summary].join(" "),
    value: pack,
  };
}

function versionChoices(
  offers: readonly VersionOffer[],
  kubernetes: string | undefined,
): (Choice<string> | vscode.QuickPickItem)[] {
  const fitting = offers.filter(({ reason }) => reason === undefined);
  const others = offers.filter(({ reason }) => reason !== undefined);
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    // The recommended one first: it is what Enter takes.
    ...fitting.filter(({ recommended }) => recommended).map(versionChoice),
    ...fitting.filter(({ recommended }) => !recommended).map(versionChoice),
    ...(others.length === 0 ? [] : [separator(`Not for Kubernetes ${kubernetes ?? ""}`.trim())]),
    ...others.map(versionChoice),
  ];
}

function versionChoice({ version, recommended, reason, endOfLife, ended }: VersionOffer): Choice<string> {
  const support =
    endOfLife === undefined
      ? []
      : [ended ? `$(warning) no longer supported since ${endOfLife}` : `supported until ${endOfLife}`];
  return {
    label: version,
    description: [...(recommended ? ["recommended"] : []), ...support].join(" · "),
    ...(reason === undefined ? {} : { detail: `$(warning) ${reason}` }),
    value: version,
  };
}

/** Writes the layer through an edit that can be undone, and goes to it. */
async function insert(
  room: typeof ProfileRoom,
  document: vscode.TextDocument,
  pack: Pack,
  version: string,
): Promise<void> {
  // The text may have changed while the questions were open.
  const edits = room.addLayer(room.parseProfile(document.getText()), pack, version);
  if (edits === undefined) {
    throw new PaletteError(
      "InvalidDocument",
      `${pack.displayName} was not added: the profile has no template to add it to`,
      {
        next: "Write spec.template with type and cloudType first.",
      },
    );
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { span, text } of edits) {
    edit.replace(document.uri, rangeOf(document, span), text);
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new PaletteError("Refused", `${pack.displayName} was not added: the file cannot be changed`);
  }
  const added = room
    .layersOf(room.parseProfile(document.getText()))
    .findLast(({ name }) => name === pack.name);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  if (added !== undefined) {
    const range = rangeOf(document, added.span);
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
