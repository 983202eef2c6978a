import * as vscode from "vscode";
import {
  addressProblem,
  checkImport,
  type ImportFacts,
  type ImportMode,
  modeTitle,
  problemsOf,
} from "../../imports/index.ts";
import type { ManagementCluster } from "../../kube/index.ts";
import { loadKube } from "../chunks.ts";
import { cancelled } from "../errors.ts";
import { browseKubeconfig, connectPlace, findPlaces, type Place, placeChoice } from "../imports/places.ts";
import { checkedOf, foundText, nameProblem, sidesOf, suggestedName, type Wish } from "../imports/wishes.ts";
import { objectsText } from "../objectsText.ts";
import { withTask } from "../progress.ts";
import { ask, BACK, type Choice, pick, runFlow, type Step } from "../quickFlow.ts";
import type { App, CommandHandler } from "./command.ts";

const TITLE = "Import Cluster";

/** *Import Cluster with Quick Pick*: the panel of *Import Cluster* as questions for the keyboard. */
export const importClusterQuickPick: CommandHandler = async (app) => {
  const management = await app.connection.get();
  const { place, wish } = await askAll();
  const { signal } = new AbortController();
  const cluster = await connectPlace(app, place, signal);
  try {
    await confirmAndRun(app, management, cluster, wish);
  } finally {
    cluster.close();
  }
};

async function askAll(): Promise<{ place: Place; wish: Wish }> {
  let place: Place | undefined;
  let name = "";
  let namespace = "default";
  let mode: ImportMode = "read-only";
  const steps: Step[] = [
    {
      async ask(at) {
        const { places, broken } = await findPlaces();
        const answer = await pick<Place | "browse">(at, {
          placeholder: "Choose the context of the cluster to import",
          choices: [
            ...places.map(placeChoice),
            { label: "$(folder-opened) Add Kubeconfig…", alwaysShow: true, value: "browse" },
            ...broken.map(({ path, message }) => ({ label: `$(warning) ${path}`, detail: message })),
          ],
          matchDetail: true,
        });
        if (answer === BACK) {
          return BACK;
        }
        place = answer === "browse" ? await pickOf(await browseKubeconfig()) : answer;
        name = suggestedName(place.context);
        return undefined;
      },
    },
    {
      async ask(at) {
        const answer = await ask(at, { prompt: "Name of the cluster", value: name, validate: nameProblem });
        if (answer === BACK) {
          return BACK;
        }
        name = answer;
        return undefined;
      },
    },
    {
      async ask(at) {
        const answer = await ask(at, {
          prompt: "Namespace on the management cluster",
          value: namespace,
          validate: nameProblem,
        });
        if (answer === BACK) {
          return BACK;
        }
        namespace = answer;
        return undefined;
      },
    },
    {
      async ask(at) {
        const answer = await pick<ImportMode>(at, {
          placeholder: "Choose what the management cluster may do",
          choices: [
            {
              label: modeTitle("read-only"),
              detail: "See health, events and layers. No secrets are read and no add-on can be attached.",
              value: "read-only",
            },
            {
              label: modeTitle("full"),
              detail: "Also attach add-on profiles. Needs cluster-admin.",
              value: "full",
            },
          ],
          active: (value) => value === mode,
        });
        if (answer === BACK) {
          return BACK;
        }
        mode = answer;
        return undefined;
      },
    },
  ];
  await runFlow(TITLE, steps);
  if (place === undefined) {
    throw cancelled();
  }
  return { place, wish: { name, namespace, labels: {}, mode } };
}

async function pickOf(path: string): Promise<Place> {
  const { places } = await findPlaces([path]);
  const answer = await pick<Place>(
    { title: TITLE, step: 1, totalSteps: 1, canGoBack: false },
    {
      placeholder: "Choose a context",
      choices: places.filter((each) => each.path === path).map(placeChoice),
    },
  );
  if (answer === BACK) {
    throw cancelled();
  }
  return answer;
}

type Answer = "import" | "yaml" | "address" | "manifest" | "again" | "none";

/** Shows what the checks say and what would be written, until the user imports or leaves. */
async function confirmAndRun(
  app: App,
  management: ManagementCluster,
  cluster: ManagementCluster,
  first: Wish,
): Promise<void> {
  const kube = await loadKube();
  let wish = first;
  const look = () =>
    withTask(`Checking ${cluster.name}`, ({ signal }) =>
      kube.importFacts(management, cluster, wish.namespace, { signal }),
    );
  let facts = await look();
  for (;;) {
    const choice = kube.importChoice(facts, wish);
    const answer = await pick<Answer>(
      { title: `${TITLE}: ${wish.name}, ${modeTitle(wish.mode)}`, step: 1, totalSteps: 1, canGoBack: false },
      { placeholder: foundText(facts), choices: overview(facts, wish), matchDetail: true },
    );
    switch (answer) {
      case "import": {
        const { tokenUntil } = await withTask(`Importing ${wish.name}`, ({ signal, report }) =>
          kube.importCluster({ management, imported: cluster }, facts, choice, {
            signal,
            onProgress: ({ step, done, total }) => report(step, done / total),
          }),
        );
        await app.clusters.reveal(wish);
        void vscode.window.showInformationMessage(
          `${wish.name} is imported and healthy. Its token renews itself; this one is valid until ${new Date(tokenUntil).toLocaleString()}.`,
        );
        return;
      }
      case "yaml":
      case "manifest": {
        const { imported, management: there } = sidesOf(choice);
        await app.documents.show(
          `${wish.namespace}/${wish.name}.import.yaml`,
          answer === "yaml"
            ? await objectsText(
                [...imported, ...there],
                [
                  `What Import Cluster writes for ${wish.name}, on it and on ${management.name}. Nothing is written yet.`,
                ],
              )
            : await objectsText(imported, [`Apply this on ${wish.name} from inside, with kubectl apply -f.`]),
        );
        return;
      }
      case "address": {
        const address = await ask(
          { title: TITLE, step: 1, totalSteps: 1, canGoBack: true },
          {
            prompt: `Address of ${wish.name} as ${management.name} reaches it`,
            placeholder: "https://203.0.113.40:6443",
            value: wish.address ?? "",
            validate: (value) => (value === "" ? undefined : addressProblem(value)),
          },
        );
        if (address !== BACK) {
          wish = { ...wish, address: address === "" ? undefined : address };
        }
        break;
      }
      case "again":
        facts = await look();
        break;
      case "none":
        break;
      case BACK:
        throw cancelled();
    }
  }
}

const ICONS = { ok: "pass", info: "info", warning: "warning", problem: "error" } as const;

function overview(facts: ImportFacts, wish: Wish): (Choice<Answer> | vscode.QuickPickItem)[] {
  const checks = checkImport(facts, checkedOf(wish));
  const canImport = problemsOf(checks).length === 0;
  const rows = checks.flatMap(({ title, here, there }) =>
    [
      { where: "from here", ...here },
      { where: `from ${facts.management.name}`, ...there },
    ].map(
      ({ where, state, message, next }): Choice<Answer> => ({
        label: `$(${ICONS[state]}) ${title}, ${where}`,
        description: message,
        ...(next === undefined ? {} : { detail: next }),
        value: "none",
      }),
    ),
  );
  const act = (label: string, value: Answer): Choice<Answer> => ({ label, value, alwaysShow: true });
  return [
    ...(canImport ? [act(`$(plug) Import ${wish.name}`, "import")] : []),
    act("$(go-to-file) Open as YAML", "yaml"),
    act(`$(link) Address for ${facts.management.name}…`, "address"),
    ...(canImport ? [] : [act("$(copy) Manifest for Import from Inside", "manifest")]),
    act("$(refresh) Check Again", "again"),
    { label: "Checks", kind: vscode.QuickPickItemKind.Separator },
    ...rows,
  ];
}
