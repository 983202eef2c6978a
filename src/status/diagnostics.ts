import type { KubeObject } from "../shared/kubernetes.ts";
import { redact } from "../shared/redact.ts";
import { conditionsOf } from "./conditions.ts";
import type { ClusterDetail } from "./progress.ts";

/** Names of fields whose values never leave the cluster, whoever asks. */
const SECRET_FIELD =
  /bootstrap_?data$|userdata|user_?data|token|password|secret$|kubeconfig|credential|privatekey|^data$|^stringData$/i;
const MOST_EVENTS = 200;

/**
 * What somebody needs who is asked for help with a cluster: versions, steps, every object's status and conditions,
 * events. Specifications are left out, for they hold bootstrap data and what users put there; so are Secrets, and
 * whatever looks like a token or key in a message.
 */
export function diagnosticsText(detail: ClusterDetail, versions: Readonly<Record<string, string>>): string {
  const { status, objects, events, now, management } = detail;
  const lines = [
    `Cluster ${status.namespace}/${status.name} on ${management}, ${now.toISOString()}`,
    ...Object.entries(versions).map(([name, version]) => `${name}: ${version}`),
    "",
    `Health: ${status.health}. ${status.headline}${status.since === undefined ? "" : ` (since ${status.since})`}`,
    `Phase: ${status.phase}, Kubernetes ${status.version ?? "unknown"}, cloud ${status.cloudType ?? "unknown"}, profile ${status.profile === undefined ? "unknown" : `${status.profile.name} ${status.profile.version}`}`,
    ...(status.cause?.known === undefined ? [] : [`Known cause: ${status.cause.known}`]),
    "",
    "Steps",
    ...status.steps.map(
      ({ title, state, since, until, detail: words }) =>
        `  ${title}: ${state}${since === undefined ? "" : `, from ${since}`}${until === undefined ? "" : ` to ${until}`}${words === "" ? "" : `. ${words}`}`,
    ),
    ...status.layers.map(
      ({ name, kind, state, message }) =>
        `  Layer ${name} (${kind}): ${state}${message === undefined ? "" : `. ${message}`}`,
    ),
    "",
    "Objects",
    ...objects.filter(({ kind }) => kind !== "Secret").flatMap(objectLines),
    "",
    "Events, newest first",
    ...(events.length === 0 ? ["  none in the last hour"] : []),
    ...events
      .slice(0, MOST_EVENTS)
      .map(
        ({ time, isWarning, reason, message, count, kind, name }) =>
          `  ${time} ${isWarning ? "Warning" : "Normal"} ${kind}/${name} ${reason} x${count}: ${message.replace(/\s+/g, " ")}`,
      ),
    "",
  ];
  return redact(lines.join("\n"));
}

function objectLines(object: KubeObject): string[] {
  const { metadata, apiVersion, kind } = object;
  const {
    conditions: _,
    v1beta2: __,
    deprecated: ___,
    ...rest
  } = (object.status ?? {}) as Record<string, unknown>;
  const generations = metadata as { readonly generation?: number };
  return [
    `  ${kind} ${metadata.name} (${apiVersion}), created ${metadata.creationTimestamp ?? "?"}, generation ${generations.generation ?? "?"}${
      metadata.deletionTimestamp === undefined
        ? ""
        : `, deleting since ${metadata.deletionTimestamp}, finalizers ${metadata.finalizers?.join(", ") ?? "none"}`
    }`,
    ...conditionsOf(object).map(
      ({ type, status, severity, reason, message, since }) =>
        `    ${type}=${status}${severity === undefined ? "" : ` ${severity}`} ${reason} ${since ?? ""}${message === "" ? "" : `: ${message.replace(/\s*\n\s*/g, " | ")}`}`,
    ),
    `    status: ${JSON.stringify(withoutSecrets(rest))}`,
  ];
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutSecrets);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_FIELD.test(name) && inner !== null && inner !== "" ? "<redacted>" : withoutSecrets(inner),
    ]),
  );
}
