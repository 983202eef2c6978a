import { formatDuration } from "../../shared/duration.ts";
import { redact } from "../../shared/redact.ts";
import type { ClusterStatus, LayerStatus, PoolStatus, StepStatus } from "../../status/model.ts";
import { OUTPUT, OUTPUT_USAGE, onlyArgument, outputOf, parseArguments } from "../arguments.ts";
import type { Command } from "../command.ts";
import { findCluster } from "../find.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";
import { table } from "../table.ts";

/** `palette describe`: one cluster with what stops it and what to do, its steps, pools, machines and layers. */
export const describe: Command = {
  summary:
    "Tell about one cluster: its steps, what it waits for and what to do, its pools, machines and layers",
  usage: `palette describe NAME [--namespace NAME] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...MANAGEMENT,
      ...OUTPUT,
      namespace: { type: "string", short: "n" },
    });
    const output = outputOf(values.output);
    const name = onlyArgument(positionals, "the name of one cluster");
    return withManagement(values, io, async (management) => {
      const status = await findCluster(management, name, values.namespace, io);
      io.out(
        output === "json" ? JSON.stringify(status, undefined, 2) : text(status, management.cluster.now()),
      );
      return 0;
    });
  },
};

function text(status: ClusterStatus, now: Date): string {
  const { profile, since } = status;
  const facts: [string, string | undefined][] = [
    ["Cluster", status.name],
    ["Namespace", status.namespace],
    ["Profile", profile === undefined ? undefined : `${profile.name} ${profile.version}`],
    ["Cloud", status.cloudType],
    ["Kubernetes", status.version],
    ["Phase", status.unfinished ? "Unfinished" : status.phase],
    ["Mode", status.imported?.mode],
    ["Host", status.virtual?.host],
    ["Token until", status.imported?.tokenUntil],
    ["Status", status.headline],
    ["Since", since === undefined ? undefined : formatDuration((now.getTime() - Date.parse(since)) / 1000)],
  ];
  const lines = facts.flatMap(([title, value]) =>
    value === undefined ? [] : [`${`${title}:`.padEnd(13)}${value}`],
  );
  const pools = status.pools.flatMap(poolRows);
  return [
    lines.join("\n"),
    ...todo(status),
    ...(status.deleting || status.steps.length === 0
      ? []
      : [
          table(
            ["STEP", "STATE", "TIME", "DETAIL"],
            status.steps.map((step) => stepRow(step, now)),
          ),
        ]),
    ...(pools.length === 0 ? [] : [table(["POOL", "MACHINE", "PHASE", "VERSION", "STATUS"], pools)]),
    ...(status.layers.length === 0
      ? []
      : [table(["LAYER", "PROFILE", "VERSION", "STATE", "DETAIL"], status.layers.map(layerRow))]),
  ].join("\n\n");
}

/** What to do about what stops the cluster, and the provider's own words. */
function todo({ cause }: ClusterStatus): string[] {
  if (cause === undefined) {
    return [];
  }
  const { source } = cause;
  return [
    ...(cause.todo.length === 0
      ? []
      : [
          [
            "What to do:",
            ...cause.todo.map(
              ({ text: what, link }, index) =>
                `  ${index + 1}. ${what}${link === undefined ? "" : ` ${link.url}`}`,
            ),
          ].join("\n"),
        ]),
    ...(source === undefined || source.message === ""
      ? []
      : [
          `Message of ${source.provider}, on ${source.kind} ${source.name}:\n  ${redact(source.message).replace(/\s*\n\s*/g, "\n  ")}`,
        ]),
  ];
}

const STATES: Readonly<Record<StepStatus["state"], string>> = {
  done: "Done",
  current: "Now",
  waiting: "Waiting",
  problem: "Blocked",
  "not-applicable": "Not applicable here",
};

function stepRow({ title, state, since, until, detail }: StepStatus, now: Date): string[] {
  const end = until === undefined ? now.getTime() : Date.parse(until);
  return [
    title,
    STATES[state],
    since === undefined ? "" : formatDuration((end - Date.parse(since)) / 1000),
    detail,
  ];
}

const LAYER_STATES: Readonly<Record<LayerStatus["state"], string>> = {
  ready: "Ready",
  installing: "Installing",
  waiting: "Waiting",
  failed: "Not installed",
};

function layerRow({ name, profile, version, state, message, newer }: LayerStatus): string[] {
  const details = [message, newer === undefined ? undefined : `${newer} is available`];
  return [
    name,
    profile === undefined ? "" : `${profile.name} ${profile.version}`,
    version ?? "",
    LAYER_STATES[state],
    details.filter((part) => part !== undefined).join("; "),
  ];
}

function poolRows(pool: PoolStatus): string[][] {
  const title = pool.isControlPlane ? `${pool.name} (control plane)` : pool.name;
  return [
    [title, `${pool.ready} of ${pool.desired} ready`, "", "", pool.headline ?? ""],
    ...pool.machines.map(({ name, phase, version, headline }) => [
      "",
      name,
      phase,
      version ?? "",
      headline ?? "",
    ]),
  ];
}
