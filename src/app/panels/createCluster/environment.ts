import type { Finding } from "../../../kube/index.ts";
import type { CreateButton, CreateEnvironment, CreateNotice } from "../../../shared/createCluster.ts";
import type { FormModel } from "./model.ts";

const AGAIN: CreateButton = { label: "Check Again", action: "checkEnvironment", argument: null };

/** What the environment check found, and what it asks for where clusters cannot be created. */
export function environmentOf(model: FormModel): {
  readonly shown: CreateEnvironment | null;
  readonly notice: CreateNotice | null;
} {
  const { environment, management, cloud, unconnected, connecting } = model;
  if (management === undefined && connecting) {
    return { shown: { tone: "sync", text: "connecting", checks: [], buttons: [] }, notice: null };
  }
  if (management === undefined) {
    return { shown: null, notice: connectNotice(unconnected) };
  }
  if (cloud === undefined || environment.kind === "none") {
    return { shown: null, notice: null };
  }
  if (environment.kind === "asking") {
    return {
      shown: { tone: "sync", text: `asking ${management.name}`, checks: [], buttons: [] },
      notice: null,
    };
  }
  if (environment.kind === "failed") {
    return {
      shown: { tone: "warning", text: `not known. ${environment.message}`, checks: [], buttons: [AGAIN] },
      notice: null,
    };
  }
  const findings = environment.value;
  const missing = findings.filter(isMissing);
  const warnings = findings.filter(({ state }) => state === "warning");
  return {
    shown: {
      tone: missing.length > 0 ? "error" : "pass",
      text: summary(cloud.title, findings, missing, warnings),
      checks: findings.map(({ state, title, message, next }) => ({
        tone: state === "ok" ? "pass" : state === "warning" ? "info" : "error",
        text: [`${title}: ${message}`, ...(state !== "ok" && next !== undefined ? [next] : [])].join(" "),
      })),
      buttons: [AGAIN],
    },
    notice: missing.length === 0 ? null : missingNotice(management.name, cloud.title, missing),
  };
}

/** Whether clusters can be created as far as the check knows. */
function isMissing({ state }: Finding): boolean {
  return state === "missing" || state === "forbidden";
}

function summary(
  cloud: string,
  all: readonly Finding[],
  missing: readonly Finding[],
  warnings: readonly Finding[],
): string {
  const passed = all.length - missing.length;
  if (missing.length > 0) {
    const [first] = missing;
    return `${missing.length === 1 ? `${first?.title ?? ""} is ${first?.state === "forbidden" ? "not allowed" : "missing"}` : `${missing.length} things are missing`}, ${count(passed, "other check")} passed`;
  }
  return `ready for ${cloud}${warnings.length === 0 ? "" : `, ${count(warnings.length, "note")}`}`;
}

function missingNotice(management: string, cloud: string, missing: readonly Finding[]): CreateNotice {
  const install = missing.some((each) => each.install !== undefined);
  const commands = missing.flatMap(({ command }) => command ?? []);
  return {
    tone: "error",
    title: `${management} cannot create ${cloud} clusters yet`,
    text: missing
      .map(({ title, message, next }) =>
        [`${title}: ${message}`, ...(next === undefined ? [] : [next])].join(" "),
      )
      .join(" "),
    buttons: [
      ...(install
        ? [{ label: "Preview Provider Objects", action: "installProvider" as const, argument: null }]
        : []),
      ...(commands.length > 0
        ? [
            {
              label: commands.length === 1 ? "Copy Command" : "Copy Commands",
              action: "copyText" as const,
              argument: null,
            },
          ]
        : []),
      AGAIN,
    ],
    progress: null,
  };
}

function connectNotice(text: string): CreateNotice {
  return {
    tone: "info",
    title: "No management cluster is connected",
    text: `${text} The request can be filled in and saved as a file meanwhile.`,
    buttons: [{ label: "Connect Management Cluster", action: "changeManagementCluster", argument: null }],
    progress: null,
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
