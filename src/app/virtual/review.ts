import * as vscode from "vscode";
import type { ManagementCluster } from "../../kube/index.ts";
import type { KubeObject } from "../../shared/kubernetes.ts";
import type { VirtualClusterRequest, VirtualFacts, VirtualProblem } from "../../virtual/index.ts";
import { loadKube, loadVirtual } from "../chunks.ts";
import type { App } from "../commands/command.ts";
import { objectsText } from "../objectsText.ts";
import { ask, BACK, type Back, type Choice, pick, type StepPlace } from "../quickFlow.ts";
import { resourcesText } from "./resources.ts";

type Action = "create" | "yaml" | "values" | "repository" | "none";

/** The request as it stands, which reviewing it may change. */
export interface Draft {
  readonly get: () => VirtualClusterRequest;
  readonly set: (changed: VirtualClusterRequest) => void;
}

/** Shows what the rules say and what would be written, until the user goes back, leaves, or creates it: `undefined`. */
export async function reviewRequest(
  { documents }: Pick<App, "documents">,
  management: ManagementCluster,
  place: StepPlace,
  facts: VirtualFacts,
  draft: Draft,
): Promise<Back | undefined> {
  const kube = await loadKube();
  for (;;) {
    const request = draft.get();
    const problems = await kube.virtualClusterProblems(request, facts);
    const action = await pick<Action>(place, {
      placeholder: `${request.name}: ${resourcesText(request.resources)}, ${request.endpoint.type}`,
      choices: reviewChoices(request, problems),
      matchDetail: true,
    });
    switch (action) {
      case BACK:
        return BACK;
      case "create":
        return undefined;
      case "yaml":
        await documents.show(
          `${request.namespace}/${request.name}.virtual.yaml`,
          await objectsText(await planned(request, facts), [
            `What Create Virtual Cluster writes to ${management.name}. Nothing is written yet.`,
            `Then ${management.name} is connected to it by the kubeconfig that vCluster makes on the host.`,
          ]),
          { beside: true, preserveFocus: true },
        );
        break;
      case "values": {
        const values = await chooseValues();
        draft.set(values === undefined ? request : { ...request, values });
        break;
      }
      case "repository": {
        const { VCLUSTER } = await loadVirtual();
        const address = await ask(
          { ...place, canGoBack: true },
          {
            prompt: "Repository of vCluster's chart, for hosts without the internet",
            value: request.chartRepository ?? VCLUSTER.repository,
            validate: (text) =>
              /^(?:https?|oci):\/\/[^/]/.test(text) ? undefined : "Write it like https://charts.example.com.",
          },
        );
        if (address !== BACK) {
          draft.set({ ...request, chartRepository: address });
        }
        break;
      }
      case "none":
        break;
    }
  }
}

function reviewChoices(
  request: VirtualClusterRequest,
  problems: readonly VirtualProblem[],
): (Choice<Action> | vscode.QuickPickItem)[] {
  const isBlocked = problems.some(({ severity }) => severity === "error");
  const act = (label: string, value: Action, description = ""): Choice<Action> => ({
    label,
    value,
    description,
    alwaysShow: true,
  });
  return [
    ...(isBlocked ? [] : [act(`$(add) Create ${request.name}`, "create")]),
    act("$(go-to-file) Open as YAML", "yaml"),
    act("$(file-code) Own Chart Values…", "values", request.values === undefined ? "" : "given"),
    act("$(package) Chart Repository…", "repository", request.chartRepository),
    ...(problems.length === 0
      ? []
      : [
          { label: "Checks", kind: vscode.QuickPickItemKind.Separator },
          ...problems.map(
            ({ severity, message, next }): Choice<Action> => ({
              label: `$(${severity}) ${message}`,
              detail: next,
              value: "none",
            }),
          ),
        ]),
  ];
}

/** The objects of a request, its host by what is known now; none where it has no host. */
async function planned(request: VirtualClusterRequest, facts: VirtualFacts): Promise<KubeObject[]> {
  const { hostFor, planVirtualCluster } = await loadVirtual();
  const chosen = hostFor(request, facts);
  return "problem" in chosen ? [] : planVirtualCluster(request, chosen.host, chosen.group);
}

/** The text of a YAML file that the user chooses; nothing where they choose none. */
async function chooseValues(): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: "Values of vCluster's Chart",
      openLabel: "Use",
      filters: { YAML: ["yaml", "yml"] },
    })) ?? [];
  return file === undefined ? undefined : (await vscode.workspace.openTextDocument(file)).getText();
}
