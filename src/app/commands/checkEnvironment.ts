import * as vscode from "vscode";
import type { Cloud } from "../../cluster/clouds/cloud.ts";
import type { Finding, ManagementCluster } from "../../kube/index.ts";
import { loadKube } from "../chunks.ts";
import { cloudOfTarget, isBack, namespaceOfTarget, pickCloud } from "../create/clouds.ts";
import { installProvider } from "../environment/installProvider.ts";
import { withTask } from "../progress.ts";
import { type Choice, pick } from "../quickFlow.ts";
import type { App, CommandHandler } from "./command.ts";

const PLACE = { title: "Check Environment", step: 1, totalSteps: 1, canGoBack: false };
const ICONS: Readonly<Record<Finding["state"], string>> = {
  ok: "pass",
  warning: "warning",
  missing: "error",
  forbidden: "lock",
};

/**
 * *Check Environment*: whether the connected management cluster can make clusters of a cloud, as a list; choosing
 * what is missing copies the command that helps, or shows and applies the objects.
 */
export const checkEnvironment: CommandHandler = async (app, target) => {
  const management = await app.connection.get();
  const cloud =
    (await cloudOfTarget(target)) ??
    (await pickCloud(PLACE, {
      placeholder: `Which cloud to look for on ${management.name}`,
      suits: () => true,
    }));
  if (isBack(cloud)) {
    return;
  }
  const namespace = namespaceOfTarget(target) ?? "default";
  const kube = await loadKube();
  const findings = await withTask(`Checking ${management.name} for ${cloud.title}`, (task) =>
    kube.checkEnvironment(management, cloud, namespace, { signal: task.signal }),
  );
  await show(app, management, cloud, findings);
};

async function show(
  app: App,
  management: ManagementCluster,
  cloud: Cloud,
  findings: readonly Finding[],
): Promise<void> {
  const hindering = findings.filter(({ state }) => state === "missing" || state === "forbidden");
  const chosen = await pick<Finding>(PLACE, {
    placeholder:
      hindering.length === 0
        ? `Clusters on ${cloud.title} can be created from ${management.name}`
        : `Clusters on ${cloud.title} cannot be created from ${management.name}: ${hindering.map(({ title }) => title).join(", ")}`,
    choices: [...findings].sort((a, b) => rank(a) - rank(b)).map(choice),
    matchDetail: true,
  });
  if (isBack(chosen)) {
    return;
  }
  if (chosen.install !== undefined) {
    await installProvider(app, management, chosen);
  } else if (chosen.command !== undefined) {
    await vscode.env.clipboard.writeText(chosen.command);
    void vscode.window.showInformationMessage(`Copied: ${chosen.command}`);
  }
}

function choice(finding: Finding): Choice<Finding> {
  const { state, title, message, next, command, install } = finding;
  const does =
    install === undefined
      ? command === undefined
        ? ""
        : " Choose this to copy it."
      : " Choose this to see them.";
  return {
    label: `$(${ICONS[state]}) ${title}`,
    description: message,
    ...(next === undefined ? {} : { detail: `${next}${does}` }),
    value: finding,
  };
}

/** What hinders first. */
function rank({ state }: Finding): number {
  return ["missing", "forbidden", "warning", "ok"].indexOf(state);
}
