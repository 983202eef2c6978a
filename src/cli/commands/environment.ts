import { CLOUDS } from "../../cluster/index.ts";
import type { Finding } from "../../kube/index.ts";
import { OUTPUT, OUTPUT_USAGE, outputOf, parseArguments } from "../arguments.ts";
import { cloudNamed } from "../cloud.ts";
import { type Command, UsageError } from "../command.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, withManagement } from "../management.ts";
import { objectsText } from "../objects.ts";

/** `palette environment`: whether the management cluster can make clusters of a cloud, or of which clouds. */
export const environment: Command = {
  summary: "Check what the management cluster has for creating clusters",
  usage: `palette environment [--cloud CLOUD] [--namespace NAME] [--install] ${MANAGEMENT_USAGE} ${OUTPUT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...MANAGEMENT,
      ...OUTPUT,
      cloud: { type: "string" },
      namespace: { type: "string", short: "n", default: "default" },
      install: { type: "boolean", default: false },
    });
    const output = outputOf(values.output);
    if (positionals.length > 0) {
      throw new UsageError("Name the cloud with --cloud.");
    }
    if (values.install && values.cloud === undefined) {
      throw new UsageError("--install needs --cloud.");
    }
    const clouds = values.cloud === undefined ? CLOUDS : [cloudNamed(values.cloud)];
    return withManagement(values, io, async ({ kube, cluster }) => {
      const checked = await Promise.all(
        clouds.map(async (cloud) => ({
          cloud: cloud.id,
          findings: await kube.checkEnvironment(cluster, cloud, values.namespace, { signal: io.signal }),
        })),
      );
      if (output === "json") {
        io.out(JSON.stringify(checked, undefined, 2));
      } else if (values.cloud === undefined) {
        io.out(checked.map(({ cloud, findings }) => `${cloud.padEnd(20)}${summaryOf(findings)}`).join("\n"));
      } else {
        io.out(checked.flatMap(({ findings }) => findings.map(lineOf)).join("\n"));
      }
      const findings = checked.flatMap((each) => each.findings);
      const objects = findings.flatMap(({ install = [] }) => install);
      if (values.install) {
        for (const object of objects) {
          await cluster.apply(object, { signal: io.signal });
          io.err(`Applied ${object.kind} ${object.metadata.name}`);
        }
      } else if (objects.length > 0 && values.cloud !== undefined && output === "text") {
        io.out(
          `\n# With --install this is applied, for the Cluster API operator:\n${objectsText(objects, "yaml")}`,
        );
      }
      return values.cloud === undefined || findings.every(isUsable) ? 0 : 1;
    });
  },
};

function isUsable({ state }: Finding): boolean {
  return state === "ok" || state === "warning";
}

function lineOf({ state, title, message, next }: Finding): string {
  const line = `${state.padEnd(10)}${title}: ${message}`;
  return next === undefined ? line : `${line}\n${" ".repeat(10)}${next}`;
}

function summaryOf(findings: readonly Finding[]): string {
  const wrong = findings.filter((finding) => !isUsable(finding));
  if (wrong.length === 0) {
    return "can be created";
  }
  return `cannot be created: ${wrong.map(({ title, state }) => `${title} ${state}`).join(", ")}`;
}
