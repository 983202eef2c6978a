import type { Progress, SandboxStatus } from "../../../sandbox/index.ts";
import { OUTPUT, OUTPUT_USAGE, outputOf, parseArguments } from "../arguments.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import { table } from "../table.ts";

const ACTIONS = ["up", "down", "status", "reset"] as const;

/** `palette sandbox`: the local management cluster. `status` gives 1 unless every component is healthy. */
export const sandbox: Command = {
  summary: "Start, stop and look at the local management cluster",
  usage: `palette sandbox up [--workload] | down | status | reset ${OUTPUT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...OUTPUT,
      workload: { type: "boolean", default: false },
    });
    const output = outputOf(values.output);
    const [name, ...others] = positionals;
    const action = ACTIONS.find((each) => each === name);
    if (action === undefined || others.length > 0) {
      throw new UsageError(`Give one of ${ACTIONS.join(", ")}.`);
    }
    if (values.workload && action !== "up") {
      throw new UsageError("--workload goes with up.");
    }
    const room = await import("../../../sandbox/index.ts");
    const options = { signal: io.signal, onProgress: progressLines(io) };
    switch (action) {
      case "up": {
        const status = await room.up({ ...options, workload: values.workload });
        io.out(output === "json" ? json(status) : started(status));
        return 0;
      }
      case "status": {
        const status = await room.status();
        io.out(output === "json" ? json(status) : statusText(status));
        return status.healthy ? 0 : 1;
      }
      case "down":
        await room.down(options);
        io.err("The local management cluster is stopped. Its data is kept for the next start.");
        return 0;
      case "reset":
        await room.reset(options);
        io.err(
          "The local management cluster is stopped and its data is deleted. The built engines are kept.",
        );
        return 0;
    }
  },
};

/** At most one line in this time for the same step. */
const QUIET_MS = 10_000;

/** Progress as lines on the error stream: each step, and a long one from time to time. */
function progressLines(io: CommandIo): (progress: Progress) => void {
  let step = "";
  let time = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.step !== step || now - time > QUIET_MS) {
      step = progress.step;
      time = now;
      io.err(progressText(progress));
    }
  };
}

function progressText({ step, done, total, remainingSeconds, detail }: Progress): string {
  const percent = total > 0 ? `, ${Math.floor((100 * done) / total)} %` : "";
  const left = remainingSeconds === undefined ? "" : `, about ${timeText(remainingSeconds)} left`;
  return `${step}${percent}${left}${detail === undefined ? "" : ` (${detail})`}`;
}

function timeText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

function json(status: SandboxStatus): string {
  return JSON.stringify(status, undefined, 2);
}

function started({ kubeconfig, context, kubectl, workload }: SandboxStatus): string {
  const lines = [
    `The local management cluster is up: --kubeconfig ${kubeconfig} --context ${context}`,
    ...(workload === undefined
      ? []
      : [`The workload cluster is up: --kubeconfig ${workload.kubeconfig} --context ${workload.context}`]),
    `A kubectl that fits is ${kubectl}`,
  ];
  return lines.join("\n");
}

function statusText({ components }: SandboxStatus): string {
  if (components.every(({ state }) => state === "stopped")) {
    return "The local management cluster does not run. palette sandbox up starts it.";
  }
  const rows = components.map(({ name, state, pid, endpoint, log }) => [
    name,
    state,
    pid === undefined ? "-" : String(pid),
    endpoint ?? "-",
    log,
  ]);
  const troubled = components.filter(({ lastLines }) => lastLines !== undefined);
  return [
    table(["COMPONENT", "STATE", "PID", "ENDPOINT", "LOG"], rows),
    ...troubled.flatMap(({ name, state, lastLines = [] }) => [
      "",
      `${name} ${state === "died" ? "died" : `is ${state}`}. The end of its log:`,
      ...lastLines.map((line) => `  ${line}`),
    ]),
    ...(troubled.length === 0 ? [] : ["", "palette sandbox up starts what does not run."]),
  ].join("\n");
}
