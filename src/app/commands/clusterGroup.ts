import * as vscode from "vscode";
import type { ManagementCluster } from "../../kube/index.ts";
import { isLabelName } from "../../shared/names.ts";
import type { ClusterGroup } from "../../virtual/index.ts";
import { loadKube, loadVirtual } from "../chunks.ts";
import { cancelled, RemediableError } from "../errors.ts";
import { objectsText } from "../objectsText.ts";
import { withTask } from "../progress.ts";
import { ask, BACK, type Back, pick, pickOrType, runFlow, type StepPlace } from "../quickFlow.ts";
import { askEndpointType } from "../virtual/endpoints.ts";
import { labelsText, readFacts } from "../virtual/hosts.ts";
import { firstOf, resourceSteps, resourcesText } from "../virtual/resources.ts";
import type { App, CommandHandler } from "./command.ts";

const TITLE = "New Cluster Group";

/** *New Cluster Group*: hosts chosen by a label, with limits for the virtual clusters on them. */
export const newClusterGroup: CommandHandler = async (app) => {
  const management = await app.connection.get();
  const room = await loadVirtual();
  const all = await readFacts(app, management);
  let group: ClusterGroup = {
    name: "",
    namespace: [...all.keys()][0] ?? "default",
    hostLabels: {},
    limits: room.DEFAULT_LIMITS,
    overSubscription: room.DEFAULT_OVERSUBSCRIPTION,
    endpointType: room.DEFAULT_ENDPOINT,
  };
  const problem = (change: Partial<ClusterGroup>, field: string): string | undefined =>
    firstOf(room.groupProblems({ ...group, ...change }), field);
  await runFlow(TITLE, [
    {
      async ask(place) {
        const namespace = await pickOrType(place, {
          placeholder: "Namespace whose clusters are its hosts",
          value: group.namespace,
          suggestions: [...all.keys()].map((value) => ({ value, label: "" })),
          validate: (text) => (isLabelName(text) ? undefined : "This is no name of a namespace."),
        });
        group = namespace === BACK ? group : { ...group, namespace };
        return namespace === BACK ? BACK : undefined;
      },
    },
    {
      async ask(place) {
        const taken = all.get(group.namespace)?.groups.map(({ name }) => name) ?? [];
        const name = await ask(place, {
          prompt: "Name of the cluster group",
          value: group.name,
          validate: (text) =>
            taken.includes(text)
              ? `There is a cluster group ${text} already. Choose another name.`
              : problem({ name: text }, "name"),
        });
        group = name === BACK ? group : { ...group, name };
        return name === BACK ? BACK : undefined;
      },
    },
    {
      async ask(place) {
        const hosts = (all.get(group.namespace)?.hosts ?? []).filter(({ unfit }) => unfit === undefined);
        const labels = await pickOrType(place, {
          placeholder: "Labels that its hosts carry, such as stage=test",
          value: labelsText(group.hostLabels),
          suggestions: suggestedLabels(hosts),
          validate: (text) => {
            const parsed = labelsOf(text);
            return parsed === undefined
              ? "Pairs like key=value, with commas between."
              : problem({ hostLabels: parsed }, "hostLabels");
          },
        });
        group = labels === BACK ? group : { ...group, hostLabels: labelsOf(labels) ?? {} };
        return labels === BACK ? BACK : undefined;
      },
    },
    ...resourceSteps({
      get: () => group.limits,
      set: (limits) => {
        group = { ...group, limits };
      },
      problems: (limits) => room.groupProblems({ ...group, limits }),
      field: "limits",
      about: "at most for each virtual cluster",
    }),
    {
      async ask(place) {
        const percent = await ask(place, {
          prompt: "How much of a host may be given away, in percent",
          value: String(group.overSubscription),
          validate: (text) => problem({ overSubscription: Number(text) }, "overSubscription"),
        });
        group = percent === BACK ? group : { ...group, overSubscription: Number(percent) };
        return percent === BACK ? BACK : undefined;
      },
    },
    {
      async ask(place) {
        const type = await askEndpointType(place, room.ENDPOINT_TYPES, group.endpointType);
        group = type === BACK ? group : { ...group, endpointType: type };
        return type === BACK ? BACK : undefined;
      },
    },
    { ask: (place) => review(app, management, place, group) },
  ]);
};

/** Shows what would be written, until the user writes it, goes back or leaves. */
async function review(
  app: App,
  management: ManagementCluster,
  place: StepPlace,
  group: ClusterGroup,
): Promise<Back | undefined> {
  for (;;) {
    const action = await pick<"create" | "yaml">(place, {
      placeholder: `${group.name}: hosts with ${labelsText(group.hostLabels)}, at most ${resourcesText(group.limits)} each`,
      choices: [
        { label: `$(add) Create ${group.name}`, value: "create" },
        { label: "$(go-to-file) Open as YAML", value: "yaml" },
      ],
    });
    if (action === BACK) {
      return BACK;
    }
    if (action === "create") {
      const { applyClusterGroup } = await loadKube();
      await withTask(`Creating cluster group ${group.name}`, ({ signal }) =>
        applyClusterGroup(management, group, { signal }),
      );
      void vscode.window.showInformationMessage(
        `Cluster group ${group.name} is on ${management.name}. Virtual clusters can be created on it.`,
      );
      return undefined;
    }
    const { groupObject } = await loadVirtual();
    await app.documents.show(
      `${group.namespace}/${group.name}.group.yaml`,
      await objectsText(
        [groupObject(group)],
        [`What New Cluster Group writes to ${management.name}. Nothing is written yet.`],
      ),
      { beside: true, preserveFocus: true },
    );
  }
}

/** *Delete Cluster Group*: the virtual clusters that it placed stay. */
export const deleteClusterGroup: CommandHandler = async (app) => {
  const management = await app.connection.get();
  const kube = await loadKube();
  const groups = await kube.listClusterGroups(management);
  if (groups.length === 0) {
    throw new RemediableError("NotFound", `There is no cluster group on ${management.name}`, {}, [
      { title: TITLE, run: () => vscode.commands.executeCommand("palette.newClusterGroup") },
    ]);
  }
  const group = await pick<ClusterGroup>(
    { title: "Delete Cluster Group", step: 1, totalSteps: 1, canGoBack: false },
    {
      placeholder: "Choose a cluster group",
      choices: groups.map((each) => ({
        label: `$(group-by-ref-type) ${each.name}`,
        description: `${each.namespace} · hosts with ${labelsText(each.hostLabels)}`,
        value: each,
      })),
    },
  );
  if (group === BACK) {
    throw cancelled();
  }
  const yes = "Delete";
  const answer = await vscode.window.showWarningMessage(
    `Delete cluster group ${group.name}?`,
    { modal: true, detail: "Its hosts and the virtual clusters on them stay as they are." },
    yes,
  );
  if (answer !== yes) {
    throw cancelled();
  }
  await kube.deleteClusterGroup(management, group);
  void vscode.window.showInformationMessage(`Cluster group ${group.name} is deleted.`);
};

/** Pairs like `key=value` with commas between; nothing where it is something else. */
function labelsOf(text: string): Record<string, string> | undefined {
  const pairs = text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => /^([\w./-]+)=([\w.-]*)$/.exec(each));
  return pairs.every((pair) => pair !== null)
    ? Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]))
    : undefined;
}

/** Labels that hosts carry, each with those that do. */
function suggestedLabels(
  hosts: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[],
): { value: string; label: string }[] {
  const owners = new Map<string, string[]>();
  for (const { name, labels } of hosts) {
    for (const [key, value] of Object.entries(labels)) {
      if (!key.includes("palette-onboarding/")) {
        owners.set(`${key}=${value}`, [...(owners.get(`${key}=${value}`) ?? []), name]);
      }
    }
  }
  return [...owners].map(([value, names]) => ({ value, label: names.join(", ") }));
}
