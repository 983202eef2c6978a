import * as vscode from "vscode";
import type { ManagementCluster } from "../../kube/index.ts";
import type { VirtualClusterRequest, VirtualFacts, VirtualHost } from "../../virtual/index.ts";
import { loadKube } from "../chunks.ts";
import type { App } from "../commands/command.ts";
import { withTask } from "../progress.ts";
import type { Choice } from "../quickFlow.ts";
import { resourcesText } from "./resources.ts";

/** Where a virtual cluster goes, and what it is judged by there. */
export interface VirtualPlace {
  readonly namespace: string;
  readonly host: VirtualClusterRequest["host"];
  readonly facts: VirtualFacts;
}

/** What every namespace has that holds a cluster or a cluster group, or only that of `namespace`. */
export async function readFacts(
  app: App,
  management: ManagementCluster,
  namespace?: string,
): Promise<ReadonlyMap<string, VirtualFacts>> {
  const kube = await loadKube();
  return withTask("Looking at the hosts", async ({ signal }) => {
    const groups = await kube.listClusterGroups(management, { signal, namespace });
    const clusters = namespace === undefined ? ((await app.fleet.first())?.clusters ?? []) : [];
    const namespaces = new Set([
      ...(namespace === undefined ? [] : [namespace]),
      ...[...groups, ...clusters].map((each) => each.namespace),
    ]);
    return new Map(
      await Promise.all(
        [...namespaces]
          .sort()
          .map(async (each) => [each, await kube.virtualFacts(management, each, { signal })] as const),
      ),
    );
  });
}

/** Cluster groups and hosts to choose from; what cannot be a host says why, and cannot be chosen. */
export function placeChoices(
  all: ReadonlyMap<string, VirtualFacts>,
): (Choice<VirtualPlace> | vscode.QuickPickItem)[] {
  const places = [...all].map(([namespace, facts]) => ({ namespace, facts }));
  const groups = places.flatMap(({ namespace, facts }) =>
    facts.groups.map(
      ({ name, hostLabels, limits }): Choice<VirtualPlace> => ({
        label: `$(group-by-ref-type) ${name}`,
        description: `${namespace} · hosts with ${labelsText(hostLabels)}`,
        detail: `At most ${resourcesText(limits)} each`,
        value: { namespace, host: { group: name }, facts },
      }),
    ),
  );
  const hosts = places.flatMap(({ namespace, facts }) =>
    facts.hosts
      .filter(({ unfit }) => unfit === undefined)
      .map(
        (host): Choice<VirtualPlace> => ({
          label: `$(server-environment) ${host.name}`,
          description: namespace,
          detail: roomText(host),
          value: { namespace, host: { cluster: host.name }, facts },
        }),
      ),
  );
  const others = places.flatMap(({ namespace, facts }) =>
    facts.hosts.flatMap(({ name, unfit }): vscode.QuickPickItem[] =>
      unfit === undefined
        ? []
        : [{ label: `$(circle-slash) ${name}`, description: `${namespace} · ${unfit}` }],
    ),
  );
  const group = <T extends vscode.QuickPickItem>(label: string, choices: readonly T[]) =>
    choices.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...choices];
  return [...group("Cluster groups", groups), ...group("Hosts", hosts), ...group("Cannot be a host", others)];
}

/** Labels as kubectl takes them. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}

function roomText({ capacity, taken }: VirtualHost): string {
  const given = taken.cpu === 0 ? "no virtual cluster yet" : `${taken.cpu} CPU given to virtual clusters`;
  return capacity === undefined
    ? `Does not tell what room it has, ${given}`
    : `${Math.floor(capacity.cpu)} CPU and ${Math.floor(capacity.memoryMiB / 1024)} GiB of memory, ${given}`;
}
