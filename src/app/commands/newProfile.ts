import * as vscode from "vscode";
import { PROFILE_TYPES, type ProfileType } from "../../profile/model.ts";
import { cloudTitle } from "../../profile/words.ts";
import { isLabelName } from "../../shared/names.ts";
import { loadProfileRoom } from "../chunks.ts";
import { chooseFolder, exists, openUntitledProfile, profileUri, writeNewFile } from "../profiles/newFile.ts";
import { ask, BACK, type Choice, pick, runFlow, type Step } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";

const TYPES: Readonly<Record<ProfileType, { readonly label: string; readonly detail: string }>> = {
  cluster: { label: "$(layers) Full", detail: "The four mandatory layers, and add-ons on top" },
  infra: { label: "$(vm) Infrastructure", detail: "The four mandatory layers, and nothing else" },
  "add-on": { label: "$(package) Add-on", detail: "Add-on layers for clusters that have an infrastructure" },
  system: { label: "$(gear) System", detail: "Packs and manifests for edge hosts and virtual machines" },
};

/** Those that clusters are created on here come first, with what to know; the rest are Palette's. */
const CLOUDS_HERE: Readonly<Record<string, string>> = {
  docker: "machines are containers; for development",
};
const CLOUDS_OF_PALETTE = [
  "aws",
  "azure",
  "gcp",
  "vsphere",
  "maas",
  "eks",
  "aks",
  "gke",
  "edge-native",
  "apache-cloudstack",
];
const OTHER = "";

/** *New Cluster Profile*: name, type and cloud, then a valid profile, open and ready to edit. */
export const newProfile: CommandHandler = async () => {
  const folder = await chooseFolder();
  let name = "";
  let type: ProfileType = "cluster";
  let cloudType = "docker";
  const needsCloud = () => type === "cluster" || type === "infra";
  const steps: Step[] = [
    {
      async ask(place) {
        const answer = await ask(place, {
          prompt: "Name of the profile",
          placeholder: "web-platform",
          value: name,
          validate: (value) => nameProblem(value, folder),
        });
        if (answer === BACK) {
          return BACK;
        }
        name = answer;
        return undefined;
      },
    },
    {
      async ask(place) {
        const answer = await pick<ProfileType>(place, {
          placeholder: "What the profile describes",
          choices: PROFILE_TYPES.map((value) => ({ ...TYPES[value], value })),
          active: (value) => value === type,
        });
        if (answer === BACK) {
          return BACK;
        }
        type = answer;
        return undefined;
      },
    },
    {
      skip: () => !needsCloud(),
      async ask(place) {
        const answer = await pick<string>(place, {
          placeholder: "The cloud that its clusters run on",
          choices: cloudChoices(),
          active: (value) => value === cloudType,
        });
        if (answer === BACK) {
          return BACK;
        }
        cloudType = answer;
        return undefined;
      },
    },
    {
      skip: () => !needsCloud() || cloudType !== OTHER,
      async ask(place) {
        const answer = await ask(place, {
          prompt: "Name of the custom cloud type, as Palette has it",
          placeholder: "nutanix",
          value: "",
          validate: slugProblem,
        });
        if (answer === BACK) {
          return BACK;
        }
        cloudType = answer;
        return undefined;
      },
    },
  ];
  await runFlow("New Cluster Profile", steps);
  const text = (await loadProfileRoom()).newProfile({
    name,
    type,
    cloudType: needsCloud() ? cloudType : "all",
  });
  await (folder === undefined ? openUntitledProfile(text) : writeNewFile(profileUri(folder, name), text));
};

function cloudChoices(): (Choice<string> | vscode.QuickPickItem)[] {
  const choice = (value: string): Choice<string> => ({ label: cloudTitle(value), description: value, value });
  return [
    { label: "Clusters can be created here today", kind: vscode.QuickPickItemKind.Separator },
    ...Object.entries(CLOUDS_HERE).map(([value, detail]) => ({ ...choice(value), detail })),
    {
      label: "Profiles for Palette, tried here with in-memory machines",
      kind: vscode.QuickPickItemKind.Separator,
    },
    ...CLOUDS_OF_PALETTE.map(choice),
    { label: "Other…", description: "a custom cloud type", value: OTHER },
  ];
}

function slugProblem(value: string): string | undefined {
  if (value === "") {
    return "A name is needed.";
  }
  return isLabelName(value)
    ? undefined
    : "Use lower case letters, digits and hyphens, 63 at most, with a letter or digit at both ends.";
}

async function nameProblem(value: string, folder: vscode.Uri | undefined): Promise<string | undefined> {
  const problem = slugProblem(value);
  if (problem !== undefined || folder === undefined) {
    return problem;
  }
  return (await exists(profileUri(folder, value)))
    ? `${value}.profile.yaml exists in this folder. Choose another name.`
    : undefined;
}
