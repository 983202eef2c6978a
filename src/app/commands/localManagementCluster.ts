import * as vscode from "vscode";
import type { Progress } from "../../../sandbox/index.ts";
import { formatDuration } from "../../shared/duration.ts";
import { loadSandbox } from "../chunks.ts";
import { RemediableError } from "../errors.ts";
import { type TaskProgress, withTask } from "../progress.ts";
import type { CommandHandler } from "./command.ts";
import { connectTo } from "./connectManagementCluster.ts";

/** *Start Local Management Cluster*: builds what is missing, starts it, connects to it. */
export const startLocalManagementCluster: CommandHandler = async (app) => {
  assertMayRunPrograms("start");
  const { up } = await loadSandbox();
  const status = await withTask("Starting the local management cluster", (task) =>
    up({ signal: task.signal, onProgress: report(task) }),
  );
  await connectTo(app, { path: status.kubeconfig, context: status.context });
};

/** *Stop Local Management Cluster*: ends its processes; what it knows is kept for the next start. */
export const stopLocalManagementCluster: CommandHandler = async (app) => {
  assertMayRunPrograms("stop");
  const { down, status } = await loadSandbox();
  const before = await status();
  if (!before.running) {
    void vscode.window.showInformationMessage("The local management cluster is not running.");
    return;
  }
  await withTask("Stopping the local management cluster", (task) =>
    down({ signal: task.signal, onProgress: report(task) }),
  );
  if (app.connection.choice?.path === before.kubeconfig) {
    app.connection.reset();
  }
};

function report(task: TaskProgress): (progress: Progress) => void {
  return ({ step, done, total, remainingSeconds, detail }) => {
    const fraction = total > 0 ? done / total : undefined;
    const left = remainingSeconds === undefined ? "" : ` · about ${formatDuration(remainingSeconds)} left`;
    const percent = fraction === undefined ? "" : ` · ${Math.floor(fraction * 100)}%`;
    task.report(`${step}${detail === undefined ? "" : ` (${detail})`}${percent}${left}`, fraction);
  };
}

function assertMayRunPrograms(verb: string): void {
  if (!vscode.workspace.isTrusted) {
    throw new RemediableError(
      "Forbidden",
      `The local management cluster does not ${verb}: it runs programs, and this workspace is not trusted`,
      { next: "Trust the workspace, or open another folder." },
      [
        {
          title: "Manage Workspace Trust",
          run: () => vscode.commands.executeCommand("workbench.trust.manage"),
        },
      ],
    );
  }
}
