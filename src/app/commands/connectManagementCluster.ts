import * as vscode from "vscode";
import type { ContextInfo } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadKube, loadSandbox } from "../chunks.ts";
import type { ClusterChoice } from "../connection/connection.ts";
import { assertTrusted } from "../connection/consent.ts";
import { commandLine, knownKubeconfigs, shortPath } from "../connection/kubeconfigs.ts";
import { cancelled } from "../errors.ts";
import { browseKubeconfig } from "../imports/places.ts";
import { withTask } from "../progress.ts";
import { BACK, type Choice, pick, runFlow, type Step } from "../quickFlow.ts";
import type { App, CommandHandler } from "./command.ts";

type Source =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "sandbox"; readonly choice: ClusterChoice }
  | { readonly kind: "startSandbox" }
  | { readonly kind: "browse" };

/** *Connect Management Cluster*: a kubeconfig file, then one of its contexts with server and sign-in shown. */
export const connectManagementCluster: CommandHandler = async (app) => {
  const choice = await ask(app);
  if (choice === "startSandbox") {
    await vscode.commands.executeCommand("palette.startLocalManagementCluster");
    return;
  }
  await connectTo(app, choice);
};

/** Connects to `choice` behind a notification with Cancel, and shows its clusters. */
export async function connectTo(app: App, choice: ClusterChoice): Promise<void> {
  await withTask(`Connecting to ${choice.context}`, ({ signal }) => app.connection.connect(choice, signal));
  await vscode.commands.executeCommand("palette.clusters.focus");
}

async function ask(app: App): Promise<ClusterChoice | "startSandbox"> {
  const sources = await sourceChoices(app);
  let source: Source | undefined;
  let result: ClusterChoice | "startSandbox" | undefined;
  const steps: Step[] = [
    {
      async ask(place) {
        const answer = await pick<Source>(place, {
          placeholder: "Choose where the management cluster is described",
          choices: sources,
          matchDetail: true,
        });
        if (answer === BACK) {
          return BACK;
        }
        source = answer;
        result = undefined;
        if (answer.kind === "sandbox") {
          result = answer.choice;
        } else if (answer.kind === "startSandbox") {
          result = "startSandbox";
        } else if (answer.kind === "browse") {
          source = { kind: "file", path: await browseKubeconfig() };
        }
        return undefined;
      },
    },
    {
      skip: () => result !== undefined,
      async ask(place) {
        if (source?.kind !== "file") {
          return BACK;
        }
        const { path } = source;
        const answer = await pick<ContextInfo>(place, {
          placeholder: `Choose a context of ${shortPath(path)}`,
          choices: await contextChoices(path),
          active: ({ current }) => current,
          matchDetail: true,
        });
        if (answer === BACK) {
          return BACK;
        }
        result = { path, context: answer.context };
        return undefined;
      },
    },
  ];
  await runFlow("Connect Management Cluster", steps);
  if (result === undefined) {
    throw cancelled();
  }
  return result;
}

async function sourceChoices(app: App): Promise<(Choice<Source> | vscode.QuickPickItem)[]> {
  const [paths, local] = await Promise.all([knownKubeconfigs(), localChoice()]);
  const current = app.connection.choice;
  return [
    local,
    { label: "Kubeconfig files", kind: vscode.QuickPickItemKind.Separator },
    ...paths.map(
      (path): Choice<Source> => ({
        label: `$(file) ${shortPath(path)}`,
        description: path === current?.path ? "connected" : "",
        value: { kind: "file", path },
      }),
    ),
    { label: "$(folder-opened) Browse…", alwaysShow: true, value: { kind: "browse" } },
  ];
}

async function localChoice(): Promise<Choice<Source>> {
  const status = await (await loadSandbox()).status();
  return status.running
    ? {
        label: "$(vm-running) Local management cluster",
        description: status.healthy ? "running" : "running, not healthy",
        detail: `Context ${status.context}`,
        value: { kind: "sandbox", choice: { path: status.kubeconfig, context: status.context } },
      }
    : {
        label: "$(vm) Start local management cluster",
        description: "not running",
        detail: "Real Cluster API controllers on this machine, for learning and trying",
        value: { kind: "startSandbox" },
      };
}

async function contextChoices(path: string): Promise<Choice<ContextInfo>[]> {
  await assertTrusted(path);
  const contexts = await (await loadKube()).listContexts(path);
  if (contexts.length === 0) {
    throw new PaletteError("NotFound", `The kubeconfig ${shortPath(path)} has no context`, {
      next: "Choose another file.",
    });
  }
  return contexts.map((value) => ({
    label: value.context,
    description: value.server,
    detail:
      value.exec === undefined
        ? `User ${value.user}`
        : `$(shield) Signs in by running ${commandLine(value.exec.command, value.exec.args)}`,
    value,
  }));
}
