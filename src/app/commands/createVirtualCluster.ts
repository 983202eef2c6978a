import * as vscode from "vscode";
import type { ManagementCluster } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { isMap } from "../../shared/records.ts";
import type { ClusterStatus } from "../../status/model.ts";
import type { VirtualClusterRequest, VirtualFacts } from "../../virtual/index.ts";
import { loadKube, loadLayersRoom, loadVirtual } from "../chunks.ts";
import { RemediableError } from "../errors.ts";
import { withTask } from "../progress.ts";
import { ask, BACK, pick, runFlow } from "../quickFlow.ts";
import { askEndpointType } from "../virtual/endpoints.ts";
import { placeChoices, readFacts, type VirtualPlace } from "../virtual/hosts.ts";
import { firstOf, resourceSteps, resourcesText } from "../virtual/resources.ts";
import { reviewRequest } from "../virtual/review.ts";
import type { App, CommandHandler } from "./command.ts";

const TITLE = "Create Virtual Cluster";

/** *Create Virtual Cluster*: asks what is needed, shows what would be written, and makes it with progress. */
export const createVirtualCluster: CommandHandler = async (app, target) => {
  const management = await app.connection.get();
  const room = await loadVirtual();
  const given = isMap(target) && target.kind === "cluster" ? (target.cluster as ClusterStatus) : undefined;
  const all = await readFacts(app, management, given?.namespace);
  const { mirrors = {} } = await app.registries.sources();
  const { mirrored } = await loadLayersRoom();
  const repository = mirrored(room.VCLUSTER.repository, mirrors);
  let where = given === undefined ? undefined : placeOf(given, all);
  let ownSize = false;
  let request: VirtualClusterRequest = {
    name: "",
    namespace: given?.namespace ?? "",
    host: where?.host ?? { cluster: "" },
    resources: room.DEFAULT_RESOURCES,
    endpoint: { type: room.DEFAULT_ENDPOINT },
    ...(repository === room.VCLUSTER.repository ? {} : { chartRepository: repository }),
  };
  const facts = (): VirtualFacts => where?.facts ?? { hosts: [], groups: [], taken: [] };
  const problem = (change: Partial<VirtualClusterRequest>, field: string): string | undefined =>
    firstOf(room.requestProblems({ ...request, ...change }, facts()), field);
  const isAllowed = (resources: VirtualClusterRequest["resources"]): boolean =>
    !room
      .requestProblems({ ...request, resources }, facts())
      .some(({ severity, field }) => severity === "error" && field.startsWith("resources"));
  const group = () => {
    const { host } = request;
    return "group" in host ? facts().groups.find(({ name }) => name === host.group) : undefined;
  };

  await runFlow(TITLE, [
    {
      skip: () => given !== undefined,
      async ask(place) {
        const chosen = await pick<VirtualPlace>(place, {
          placeholder: "Where it lives: a cluster, or a cluster group that chooses one",
          choices: hostChoices(all, management.name),
          matchDetail: true,
        });
        if (chosen === BACK) {
          return BACK;
        }
        where = chosen;
        request = { ...request, namespace: chosen.namespace, host: chosen.host };
        request = { ...request, endpoint: { type: group()?.endpointType ?? request.endpoint.type } };
        return undefined;
      },
    },
    {
      async ask(place) {
        const name = await ask(place, {
          prompt: "Name of the virtual cluster",
          value: request.name,
          validate: (text) => problem({ name: text }, "name"),
        });
        if (name === BACK) {
          return BACK;
        }
        request = { ...request, name };
        return undefined;
      },
    },
    {
      async ask(place) {
        const [newest = ""] = room.KUBERNETES_VERSIONS;
        const version = await pick<string>(place, {
          placeholder: "Kubernetes version",
          choices: room.KUBERNETES_VERSIONS.map((each) => ({
            label: each,
            ...(each === newest ? { description: `comes with vCluster ${room.VCLUSTER.version}` } : {}),
            value: each,
          })),
          active: (each) => each === (request.kubernetesVersion ?? newest),
        });
        if (version === BACK) {
          return BACK;
        }
        request = { ...request, kubernetesVersion: version };
        return undefined;
      },
    },
    {
      async ask(place) {
        const limits = group()?.limits;
        const sizes = [
          { title: "Default", resources: room.DEFAULT_RESOURCES },
          ...(limits === undefined ? [] : [{ title: "As much as the group gives", resources: limits }]),
        ];
        const size = await pick<VirtualClusterRequest["resources"] | "own">(place, {
          placeholder: "What it may use of its host",
          choices: [
            ...sizes
              .filter(({ resources }) => isAllowed(resources))
              .map(({ title, resources }) => ({
                label: title,
                description: resourcesText(resources),
                value: resources,
              })),
            { label: "$(edit) Other…", value: "own" },
          ],
          active: (value) => value === (ownSize ? "own" : request.resources),
        });
        if (size === BACK) {
          return BACK;
        }
        ownSize = size === "own";
        request = size === "own" ? request : { ...request, resources: size };
        return undefined;
      },
    },
    ...resourceSteps({
      get: () => request.resources,
      set: (resources) => {
        request = { ...request, resources };
      },
      problems: (resources) => room.requestProblems({ ...request, resources }, facts()),
      field: "resources",
      about: "at most",
      skip: () => !ownSize,
    }),
    {
      async ask(place) {
        const type = await askEndpointType(place, room.ENDPOINT_TYPES, request.endpoint.type);
        if (type === BACK) {
          return BACK;
        }
        request = { ...request, endpoint: { ...request.endpoint, type } };
        return undefined;
      },
    },
    {
      skip: () => request.endpoint.type === "LoadBalancer" || request.endpoint.type === "NodePort",
      async ask(place) {
        const server = await ask(place, {
          prompt: `Address of its API server as ${management.name} reaches it${request.endpoint.type === "Ingress" ? "" : ". Empty for the one inside of the host"}`,
          placeholder: "https://try.example.com",
          value: request.endpoint.server ?? "",
          validate: (text) => problem({ endpoint: endpointOf(request, text) }, "endpoint.server"),
        });
        if (server === BACK) {
          return BACK;
        }
        request = { ...request, endpoint: endpointOf(request, server) };
        return undefined;
      },
    },
    {
      ask: (place) =>
        reviewRequest(app, management, place, facts(), {
          get: () => request,
          set: (changed) => {
            request = changed;
          },
        }),
    },
  ]);
  await create(app, management, request);
};

function endpointOf({ endpoint: { type } }: VirtualClusterRequest, server: string) {
  return { type, ...(server === "" ? {} : { server }) };
}

/** The place that a row means. Throws `Refused` where it cannot be a host. */
function placeOf({ name, namespace }: ClusterStatus, all: ReadonlyMap<string, VirtualFacts>): VirtualPlace {
  const facts = all.get(namespace) ?? { hosts: [], groups: [], taken: [] };
  const host = facts.hosts.find((each) => each.name === name);
  if (host?.unfit !== undefined) {
    throw new PaletteError("Refused", `Cluster ${name} cannot be a host: it ${host.unfit}`);
  }
  return { namespace, host: { cluster: name }, facts };
}

/** Throws `NotFound` where there is nothing at all. */
function hostChoices(all: ReadonlyMap<string, VirtualFacts>, management: string) {
  const choices = placeChoices(all);
  if (!choices.some((choice) => "value" in choice)) {
    const why = [...all.values()].flatMap(({ hosts }) =>
      hosts.flatMap(({ name, unfit }) => (unfit === undefined ? [] : [`${name} ${unfit}`])),
    );
    throw new RemediableError(
      "NotFound",
      `No cluster on ${management} can be a host of virtual clusters${why.length === 0 ? "" : `: ${why.join(", ")}`}`,
      { next: "Create a cluster, or import one with full permission." },
      [
        { title: "Import Cluster", run: () => vscode.commands.executeCommand("palette.importCluster") },
        { title: "Create Cluster", run: () => vscode.commands.executeCommand("palette.createCluster") },
      ],
    );
  }
  return choices;
}

async function create(
  app: App,
  management: ManagementCluster,
  request: VirtualClusterRequest,
): Promise<void> {
  const kube = await loadKube();
  const made = await withTask(`Creating virtual cluster ${request.name}`, ({ signal, report }) =>
    kube.createVirtualCluster(management, request, {
      signal,
      onProgress: ({ step, done, total }) => report(step, done / total),
    }),
  );
  await app.clusters.reveal(request);
  void offerProfile(app, request, made.host);
}

/** What a virtual cluster is for mostly: trying a profile. */
async function offerProfile(app: App, ref: VirtualClusterRequest, host: string): Promise<void> {
  const attach = "Attach Add-on Profile";
  const answer = await vscode.window.showInformationMessage(
    `Virtual cluster ${ref.name} is running on ${host}. An add-on profile can be tried on it.`,
    attach,
  );
  if (answer !== attach) {
    return;
  }
  const cluster = await app.fleet.seen(ref);
  await vscode.commands.executeCommand(
    "palette.attachProfile",
    cluster === undefined ? undefined : { kind: "cluster", cluster },
  );
}
