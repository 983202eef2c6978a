import { cloudOf, explainRefusal } from "../../cluster/index.ts";
import type { ClusterRequest } from "../../cluster/model.ts";
import { maskedVariables } from "../../cluster/variablesSecret.ts";
import type { Refusal } from "../../kube/index.ts";
import { describeError, PaletteError } from "../../shared/errors.ts";
import { choice, OUTPUT, OUTPUT_USAGE, outputOf, parseArguments } from "../arguments.ts";
import { CHART_SOURCES, CHART_SOURCES_USAGE, chartSourcesOf } from "../chartSources.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import { LOGINS, LOGINS_USAGE, loginsOf, tellLogin } from "../logins.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, type Management, withManagement } from "../management.ts";
import { objectsText } from "../objects.ts";
import { profilePath, readProfile, readRequest } from "../request.ts";

/** `palette create`: makes the cluster of a request. */
export const create: Command = {
  summary: "Create a cluster from a cluster request",
  usage: `palette create -f FILE.cluster.yaml ${MANAGEMENT_USAGE} ${CHART_SOURCES_USAGE} ${LOGINS_USAGE} [--dry-run] [--on-stop undo|leave] [--wait] ${OUTPUT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...MANAGEMENT,
      ...OUTPUT,
      ...CHART_SOURCES,
      ...LOGINS,
      file: { type: "string", short: "f" },
      "dry-run": { type: "boolean", default: false },
      "on-stop": { type: "string", default: "undo" },
      wait: { type: "boolean", default: false },
    });
    const output = outputOf(values.output);
    const undoes = choice(values["on-stop"], "on-stop", ["undo", "leave"]) === "undo";
    const { file } = values;
    if (file === undefined || positionals.length > 0) {
      throw new UsageError("Name the cluster request with -f.");
    }
    const sources = chartSourcesOf(values);
    const logins = await loginsOf(values, sources, io);
    const request = await readRequest(file, io);
    const secrets = secretsOf(request, io);
    const local = await Promise.all(
      request.profiles.map(async (reference) =>
        "file" in reference ? (await readProfile(profilePath(file, reference.file, io), io)).text : reference,
      ),
    );
    return withManagement(values, io, async (management) => {
      const { kube, cluster } = management;
      const [profileText = "", ...addOnTexts] = await Promise.all(
        local.map((each) =>
          typeof each === "string" ? each : publishedText(management, each, request.namespace, io),
        ),
      );
      const plan = await kube.planCreation(
        cluster,
        { request, profileText, addOnTexts, secrets, sources, logins },
        { signal: io.signal },
      );
      for (const warning of plan.warnings) {
        io.err(`Note: ${warning}`);
      }
      const objects = kube.maskSecrets([
        ...[...plan.logins, ...plan.shared].map(({ object }) => object),
        ...plan.objects,
      ]);
      if (values["dry-run"]) {
        const refusals = await kube.dryRun(cluster, plan, { signal: io.signal });
        tellRefusals(refusals, request, cluster.name, io);
        if (output === "json") {
          io.out(objectsText(objects, "json"));
        } else if (refusals.length === 0) {
          io.out(
            `${cluster.name} would take all ${objects.length} objects of cluster ${request.name}. Nothing was written.`,
          );
        } else {
          io.err(`${cluster.name} would refuse the cluster for what is named above. Nothing was written.`);
        }
        return refusals.length === 0 ? 0 : 1;
      }
      await kube.createCluster(cluster, plan, {
        signal: io.signal,
        shouldUndo: () => undoes,
        mayWriteLogin: tellLogin(io),
        onProgress: ({ step, done, total }) => io.err(`${done} of ${total}: ${step}`),
      });
      if (!values.wait) {
        const statuses = await kube.listClusters(cluster, {
          namespace: request.namespace,
          signal: io.signal,
        });
        const status = statuses.find(({ name }) => name === request.name);
        io.out(
          output === "json"
            ? JSON.stringify(status, undefined, 2)
            : `Cluster ${request.name} is written to ${cluster.name}. palette describe ${request.name} shows how far it is.`,
        );
        return 0;
      }
      let last = "";
      const status = await kube.waitAvailable(cluster, plan.cluster, {
        signal: io.signal,
        onStatus: ({ headline }) => {
          if (headline !== last) {
            last = headline;
            io.err(headline);
          }
        },
      });
      io.out(
        output === "json" ? JSON.stringify(status, undefined, 2) : `Cluster ${request.name} is available.`,
      );
      return 0;
    });
  },
};

/** Values of masked variables that the request takes from the environment. Throws `NotFound` for one that is not set. */
function secretsOf(request: ClusterRequest, { env }: CommandIo): Record<string, string> {
  return Object.fromEntries(
    maskedVariables(request).flatMap(({ name, env: variable }) => {
      if (variable === undefined) {
        return [];
      }
      const value = env[variable];
      if (value === undefined || value === "") {
        throw new PaletteError(
          "NotFound",
          `Variable ${name} has no value: the environment has no ${variable}`,
          {
            next: `Set ${variable}, or name a Secret in the request.`,
          },
        );
      }
      return [[name, value] as const];
    }),
  );
}

/** Says each refusal with the field that it came from, or whom to ask. */
function tellRefusals(
  refusals: readonly Refusal[],
  request: ClusterRequest,
  management: string,
  io: CommandIo,
): void {
  const cloud = cloudOf(request.cloudType);
  for (const refusal of refusals) {
    const reasons = cloud === undefined ? [] : explainRefusal(refusal, request, cloud, management);
    for (const { object, message, path, next } of reasons) {
      const place = path === undefined ? object : `${pathText(path)} (${object})`;
      io.err(`${place}: ${message.replace(/\s*\n\s*/g, " ")}${next === undefined ? "" : ` ${next}`}`);
    }
    if (reasons.length === 0) {
      io.err(describeError(refusal.error));
    }
  }
}

/** `spec.machinePools[1].cloudConfig.instanceType` */
function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join("");
}

async function publishedText(
  { kube, cluster }: Management,
  reference: { readonly name: string; readonly version: string },
  namespace: string,
  { signal }: CommandIo,
): Promise<string> {
  const published = await kube.listPublished(cluster, { namespace, signal });
  const found = published.find(
    ({ name, version }) => name === reference.name && version === reference.version,
  );
  if (found === undefined) {
    throw new PaletteError(
      "NotFound",
      `Profile ${reference.name} ${reference.version} is not published in ${namespace} on ${cluster.name}`,
      { next: "Publish it with palette profile publish." },
    );
  }
  return found.text;
}
