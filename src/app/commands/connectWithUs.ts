import * as vscode from "vscode";
import { BACK, type Choice, pick } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";

const WAYS: readonly Choice<string>[] = [
  {
    label: "$(comment-discussion) Community chat",
    description: "spectrocloudcommunity.slack.com",
    value: "https://spectrocloudcommunity.slack.com",
  },
  {
    label: "$(mail) Mail",
    description: "support@spectrocloud.com",
    value: "mailto:support@spectrocloud.com",
  },
];

/** *Connect with Us*: the community chat or a mail, opened outside of VS Code. */
export const connectWithUs: CommandHandler = async () => {
  const link = await pick<string>(
    { title: "Connect with Us", step: 1, totalSteps: 1, canGoBack: false },
    { placeholder: "Choose a way to reach us", choices: WAYS },
  );
  if (link !== BACK) {
    await vscode.env.openExternal(vscode.Uri.parse(link));
  }
};
