import * as vscode from "vscode";
import type { App } from "../commands/command.ts";
import { showObjects } from "../panels/createCluster/objects.ts";
import { sayFailure } from "../panels/createCluster/outcome.ts";
import { saveRequest } from "../panels/createCluster/save.ts";
import { withTask } from "../progress.ts";
import type { Back } from "../quickFlow.ts";
import { entriesOf } from "./entries.ts";
import type { QuickForm, Row } from "./quickPick.ts";

/** The whole form as one list: what to do with the request on top, then each part of it, to change. */
export function overview(app: App, quick: QuickForm): Promise<Back | undefined> {
  const { session } = quick;
  return quick.list(
    "Create Cluster",
    () => {
      const form = quick.form();
      const { request } = session;
      const objects = session.objects().length;
      const actions: Row[] = [
        {
          label: "$(rocket) Create Cluster",
          description: form.canCreate ? "" : "not yet",
          detail: form.status.text,
          run: () => create(app, quick),
        },
        {
          label: "$(pass) Validate Only",
          detail: "Asks the management cluster whether it would take every object; nothing is written",
          run: () => validate(app, quick),
        },
        ...(objects === 0
          ? []
          : [
              {
                label: "$(open-preview) Preview Objects",
                description: `${objects} objects`,
                run: () => preview(app, quick),
              },
            ]),
        {
          label: "$(edit) Edit as YAML",
          detail: "Opens the request in an editor",
          run: async () => {
            await session.text.showBeside();
            return "leave";
          },
        },
        ...(session.text.uri === undefined
          ? [
              {
                label: "$(save) Save as Request File",
                description: `${request.name}.cluster.yaml`,
                run: async () => {
                  await saveRequest(session);
                  await session.text.showBeside();
                  return "leave";
                },
              } satisfies Row,
            ]
          : []),
      ];
      const rows = quick.rowsOf(entriesOf(form));
      const pools: Row[] =
        form.pools === null
          ? []
          : [
              {
                label: "$(add) Add Machine Pool",
                run: async () => {
                  await session.add(["spec", "machinePools"]);
                  return "stay";
                },
              },
            ];
      return {
        placeholder: form.summary?.title ?? `${request.name} in ${request.namespace}`,
        rows: [
          ...actions,
          ...(form.summary?.items ?? [])
            .filter(({ path }) => path === null)
            .map(({ label, text }): Row => ({ label: `$(error) ${label}`, detail: text })),
          ...rows,
          ...pools,
        ],
      };
    },
    quick.canGoBack,
  );
}

async function create(app: App, quick: QuickForm): Promise<"stay" | "leave"> {
  const { session } = quick;
  const { name, namespace } = session.request;
  if (!quick.form().canCreate) {
    session.showProblems(true);
    return "stay";
  }
  const written = await withTask(`Creating cluster ${name}`, async (task) => {
    const said = setInterval(() => {
      const { phase } = session.model();
      if (phase.kind === "creating") {
        task.report(
          phase.stopping === undefined ? phase.step : "Stopping",
          phase.total > 0 ? phase.done / phase.total : 0,
        );
      } else if (phase.kind === "validating") {
        task.report(phase.step);
      }
    }, 200);
    task.signal.addEventListener("abort", () => void stop(quick));
    try {
      return await session.create();
    } finally {
      clearInterval(said);
    }
  });
  if (!written) {
    sayWhatFailed(app, quick);
    return "stay";
  }
  await app.clusters.reveal({ name, namespace });
  return "leave";
}

/** Asks what is to become of what was written; writing goes on until that is said. Before that nothing is there to keep. */
async function stop({ session }: QuickForm): Promise<void> {
  if (session.model().phase.kind !== "creating") {
    session.stop(false);
    return;
  }
  const answer = await vscode.window.showWarningMessage(
    `Stop creating cluster ${session.request.name}?`,
    {
      modal: true,
      detail:
        "Undoing removes everything that was written only for this cluster. What is left instead runs nothing, and creating the same request again completes it.",
    },
    "Stop and Undo",
    "Stop and Leave",
  );
  if (answer !== undefined) {
    session.stop(answer === "Stop and Leave");
  }
}

async function validate(app: App, quick: QuickForm): Promise<"stay"> {
  const { session } = quick;
  const accepted = await withTask(`Validating ${session.request.name}`, (task) => {
    task.signal.addEventListener("abort", () => session.stop(false));
    return session.validate();
  });
  if (accepted) {
    void vscode.window.showInformationMessage(quick.form().status.text);
  } else {
    sayWhatFailed(app, quick);
  }
  return "stay";
}

function sayWhatFailed({ log }: App, { session }: QuickForm): void {
  const { failure } = session.model();
  if (failure !== undefined) {
    void sayFailure(failure, log);
  }
}

async function preview(app: App, { session }: QuickForm): Promise<"stay"> {
  await showObjects(app, session, { preserveFocus: true });
  return "stay";
}
