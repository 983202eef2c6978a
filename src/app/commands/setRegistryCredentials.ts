import * as vscode from "vscode";
import type { Credentials, RegistrySettings } from "../../registries/index.ts";
import { cancelled, RemediableError } from "../errors.ts";
import type { CommandHandler } from "./command.ts";

const TITLE = "Set Registry Credentials";

/** *Set Registry Credentials*: what a private registry is read with, kept in VS Code's secret storage. */
export const setRegistryCredentials: CommandHandler = async ({ registries }, target) => {
  const settings = await chooseRegistry(await registries.settings(), target);
  const credentials = await askCredentials(settings);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Reading registry ${settings.name}` },
    () => registries.setCredentials(settings, credentials),
  );
};

/** What to do where the setting names no registry. */
export function noRegistries(message: string): RemediableError {
  return new RemediableError(
    "Prerequisite",
    message,
    { next: "Name one in the setting palette.registries." },
    [
      {
        title: "Open Settings",
        run: () => vscode.commands.executeCommand("workbench.action.openSettings", "palette.registries"),
      },
    ],
  );
}

async function chooseRegistry(all: readonly RegistrySettings[], target: unknown): Promise<RegistrySettings> {
  const [only, ...others] = all;
  if (only === undefined) {
    throw noRegistries("There is no registry to sign in to");
  }
  const named = all.find(({ name }) => name === target);
  if (named !== undefined || others.length === 0) {
    return named ?? only;
  }
  const chosen = await vscode.window.showQuickPick(
    all.map((settings) => ({ label: settings.name, description: settings.url, settings })),
    { title: TITLE, placeHolder: "Which registry", ignoreFocusOut: true },
  );
  return (chosen ?? stop()).settings;
}

async function askCredentials({ name, url }: RegistrySettings): Promise<Credentials | undefined> {
  const chosen = await vscode.window.showQuickPick(
    [
      {
        label: "$(account) User name and password",
        detail: "Also for access tokens that stand for a password",
        way: "basic",
      },
      { label: "$(key) Token", detail: "Sent as a bearer token", way: "token" },
      { label: "$(trash) No credentials", detail: "Forget what is kept", way: "none" },
    ] as const,
    { title: `${TITLE}: ${name}`, placeHolder: `How to sign in to ${url}`, ignoreFocusOut: true },
  );
  switch ((chosen ?? stop()).way) {
    case "none":
      return undefined;
    case "token":
      return { kind: "token", token: await askText(name, "Token", true) };
    case "basic": {
      const username = await askText(name, "User name", false);
      return { kind: "basic", username, password: await askText(name, "Password", true) };
    }
  }
}

async function askText(registry: string, prompt: string, password: boolean): Promise<string> {
  const value = await vscode.window.showInputBox({
    title: `${TITLE}: ${registry}`,
    prompt,
    password,
    ignoreFocusOut: true,
    validateInput: (text) => {
      // What a header cannot carry.
      if (/\p{Cc}/u.test(text.trim())) {
        return `${prompt} holds a character that cannot be sent.`;
      }
      return !password && text.includes(":") ? `${prompt} holds a colon.` : undefined;
    },
  });
  const text = (value ?? stop()).trim();
  return text === "" ? stop() : text;
}

function stop(): never {
  throw cancelled();
}
