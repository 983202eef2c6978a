import type {
  CreateClusterForm,
  CreateNotice,
  CreatePool,
  CreatePreview,
  CreateSummary,
} from "../../../shared/createCluster.ts";
import { formatRange } from "../../../shared/duration.ts";
import type { FieldMessage, FieldPath, FormItem } from "../../../shared/form.ts";
import { cloudSection, clusterSection } from "./cloudSection.ts";
import { environmentOf } from "./environment.ts";
import { lowerFirst } from "./fields.ts";
import type { FormModel, Phase, Room, Validation } from "./model.ts";
import { policiesOf } from "./policies.ts";
import { poolsOf } from "./pools.ts";
import { type FieldProblem, Problems } from "./problems.ts";
import { layersOf, profileSection } from "./profileSection.ts";
import { variablesOf } from "./variables.ts";

/** One error of the form, with words for the list of them. */
interface FormError {
  readonly path: FieldPath;
  readonly label: string;
  readonly text: string;
  /** Whether nothing is written there. */
  readonly isEmpty?: boolean;
}

/** The form as the page draws it. */
export function formOf(model: FormModel): CreateClusterForm {
  const { room, text, profile, cloud } = model;
  const found = room.requestProblems(text, {
    ...(profile.kind === "usable" ? { profile: profile.profile } : {}),
    ...(cloud === undefined ? {} : { fields: cloud.fields }),
  });
  const problems = new Problems(found, [...model.problems, ...refusalProblems(model)]);
  const ready = profile.kind === "usable" && cloud !== undefined;
  // Variables know their problems by name; what is left at the profile is the profile's own.
  const after = ready ? variablesOf(model, problems) : [];
  const first = profileSection(model, problems);
  const sections = [
    first,
    ...(ready ? [clusterSection(model, problems), ...cloudSection(model, problems)] : []),
  ];
  const pools = ready ? poolsOf(model, problems) : null;
  const left = ready ? problems.rest() : [];
  if (left.length > 0) {
    sections.push({ id: "other", title: "Also in the request", note: "", items: left.map(note) });
  }
  const errors: FormError[] = [
    ...sections.flatMap(({ items }) => errorsOf(items, "")),
    ...(pools?.rows.flatMap(poolErrors) ?? []),
    ...(pools?.messages ?? [])
      .filter(isError)
      .map(({ text: words }) => ({ path: ["spec", "machinePools"], label: "Machine pools", text: words })),
    ...after.flatMap(({ items }) => errorsOf(items, "")),
    ...left
      .filter(isError)
      .map(({ path, text: words }) => ({ path, label: String(path.at(-1) ?? "Request"), text: words })),
  ];
  const environment = environmentOf(model);
  const status = statusOf(model, errors, environment.notice);
  const summary = summaryOf(model, errors);
  return {
    seq: model.seq,
    title: model.request.name === "" ? "Create cluster" : `Create cluster ${model.request.name}`,
    facts: [
      model.management === undefined
        ? "No management cluster"
        : `Management cluster ${model.management.name}`,
      `Namespace ${model.request.namespace}`,
    ],
    headButtons: [
      {
        label: model.management === undefined ? "Connect Management Cluster" : "Change Management Cluster",
        action: "changeManagementCluster",
        argument: null,
      },
    ],
    // One thing on top: what was found out last stands for what it was found from.
    notice: noticeOf(model, summary === null ? environment.notice : null),
    summary,
    environment: environment.shown,
    sections,
    pools,
    sectionsAfter: after,
    layers: layersOf(model),
    policies: ready ? policiesOf(model) : null,
    preview: previewOf(
      model,
      // A field that nobody has filled in yet is not wrong yet.
      errors.filter(({ isEmpty }) => model.showAll || !isEmpty).map(({ path }) => path),
    ),
    phase:
      model.phase.kind === "creating" && model.phase.stopping !== undefined ? "stopping" : model.phase.kind,
    showAll: model.showAll,
    canCreate: status.canCreate,
    status: { tone: status.tone, text: status.text },
  };
}

function refusalProblems({ validation, management }: FormModel): FieldProblem[] {
  const found = (validation?.refused ?? []).flatMap(({ reasons }) =>
    reasons.flatMap(({ path, message }) =>
      path === undefined
        ? []
        : [
            {
              path,
              severity: "error" as const,
              text: `Refused by ${management?.name ?? "the management cluster"}:`,
              quote: message,
            },
          ],
    ),
  );
  return unique(found);
}

function note({ severity, text }: FieldProblem): FormItem {
  return {
    kind: "note",
    severity,
    text,
    buttons: [{ label: "Edit as YAML", action: "editYaml", argument: null }],
  };
}

function isError({ severity }: Pick<FieldMessage, "severity">): boolean {
  return severity === "error";
}

function errorsOf(items: readonly FormItem[], of: string): FormError[] {
  return items.flatMap((item): FormError[] => {
    switch (item.kind) {
      case "field":
        return item.messages.filter(isError).map(({ text, quote }) => ({
          path: item.path,
          label: `${item.label}${of}`,
          text: [text, quote ?? ""].join(" ").trim(),
          isEmpty: "value" in item.control && item.control.value === "",
        }));
      case "group":
        return errorsOf(item.items, of);
      case "list":
        return [
          ...item.messages.filter(isError).map(({ text }) => ({
            path: item.path,
            label: `${item.title}${of}`,
            text,
            isEmpty: item.rows.length === 0,
          })),
          ...item.rows.flatMap((row, index) => errorsOf(row, ` of ${item.item} ${index + 1}${of}`)),
        ];
      default:
        return [];
    }
  });
}

function poolErrors(pool: CreatePool): FormError[] {
  const cells = [
    pool.name,
    pool.size,
    ...(typeof pool.autoscaling === "string" ? [] : [pool.autoscaling.min, pool.autoscaling.max]),
    ...pool.cells,
  ];
  return [
    ...pool.messages
      .filter(isError)
      .map(({ text }) => ({ path: pool.path, label: `Machine pool ${pool.title}`, text })),
    ...errorsOf([...cells.filter((cell) => cell !== null), ...pool.more], ` of ${pool.title}`),
  ];
}

function statusOf(
  model: FormModel,
  errors: readonly FormError[],
  environment: CreateNotice | null,
): { tone: CreateClusterForm["status"]["tone"]; text: string; canCreate: boolean } {
  const { phase, validation, management, profile, broken, showAll, failure, environment: checked } = model;
  const times = model.cloud?.usual;
  const usual = times === undefined ? "" : ` Usually usable after ${formatRange(times.usable)}.`;
  if (phase.kind === "validating") {
    return { tone: "sync", text: phase.step, canCreate: false };
  }
  if (phase.kind === "creating") {
    return {
      tone: "sync",
      text:
        phase.stopping === undefined
          ? `${phase.step}, ${phase.done} of ${phase.total}.`
          : phase.stopping === "undo"
            ? "Stopping and undoing."
            : "Stopping.",
      canCreate: false,
    };
  }
  if (phase.kind === "done") {
    return {
      tone: "pass",
      text: `Cluster ${model.request.name} is written. What happens to it is on its progress page.`,
      canCreate: false,
    };
  }
  if (broken !== undefined) {
    return { tone: "warning", text: `The request cannot be read, line ${broken.line}.`, canCreate: false };
  }
  if (profile.kind === "none") {
    return { tone: showAll ? "error" : null, text: "Choose a profile to begin.", canCreate: false };
  }
  if (profile.kind === "loading") {
    return { tone: "sync", text: "Reading the profile.", canCreate: false };
  }
  if (errors.length > 0) {
    return { tone: showAll ? "error" : null, text: needs(errors), canCreate: false };
  }
  if (management === undefined) {
    return { tone: "info", text: "Connect a management cluster to create the cluster.", canCreate: false };
  }
  if (environment !== null) {
    return { tone: "error", text: environment.title.replace(/$/, "."), canCreate: false };
  }
  if (failure !== undefined) {
    // The notice on top can be out of sight.
    return { tone: failure.tone, text: `${failure.title}.`, canCreate: true };
  }
  if (validation !== undefined && !validation.outdated) {
    return validation.refused.length > 0
      ? {
          tone: "error",
          text: `${count(validation.refused.length, "object")} refused at ${validation.at}. Solve what is listed on top, then validate again.`,
          canCreate: true,
        }
      : {
          tone: "pass",
          text: `Accepted by ${management.name} at ${validation.at}: ${count(validation.count, "object")}.${usual}`,
          canCreate: true,
        };
  }
  if (checked.kind === "asking") {
    return { tone: "sync", text: `Asking ${management.name} what it can create.`, canCreate: true };
  }
  return {
    tone: null,
    text: `Nothing is wrong that is known here. ${management.name} is asked before anything is written.`,
    canCreate: true,
  };
}

function needs(errors: readonly FormError[]): string {
  const names = [...new Set(errors.map(({ label }) => lowerFirst(label)))];
  const shown = names.slice(0, 4).join(", ");
  return `${count(names.length, "field")} ${names.length === 1 ? "needs" : "need"} a value or a change: ${shown}${names.length > 4 ? ", and more" : ""}.`;
}

/** The one notice on top: what is going on, then what hinders everything. */
function noticeOf(model: FormModel, environment: CreateNotice | null): CreateNotice | null {
  const { phase, broken, failure, request } = model;
  if (phase.kind === "creating") {
    return {
      tone: "sync",
      ...creatingWords(phase, request.name),
      buttons: [],
      progress: { done: phase.done, total: Math.max(phase.total, 1) },
    };
  }
  if (broken !== undefined) {
    return {
      tone: "warning",
      title: `Line ${broken.line} of the request cannot be read`,
      text: `${broken.message} The form shows the last state that could be read, and follows again when the text can be read.`,
      buttons: [{ label: "Edit as YAML", action: "editYaml", argument: null }],
      progress: null,
    };
  }
  if (failure !== undefined) {
    return {
      tone: failure.tone,
      title: failure.title,
      text: failure.text,
      buttons: [{ label: "Show Log", action: "showLog", argument: null }],
      progress: null,
    };
  }
  return environment;
}

function creatingWords(
  { stopping, step, done, total }: Phase & { readonly kind: "creating" },
  name: string,
): Pick<CreateNotice, "title" | "text"> {
  switch (stopping) {
    case undefined:
      return {
        title: `Creating ${count(total, "object")}`,
        text: `${done} of ${total} written. Now: ${step}. Stopping removes what is only for ${name}, or leaves it to be completed; the published profile stays.`,
      };
    case "undo":
      return {
        title: `Undoing cluster ${name}`,
        text: `What was written only for ${name} is removed. The published profile stays.`,
      };
    case "leave":
      return {
        title: `Stopping cluster ${name}`,
        text: "What was written stays, and runs nothing until it is completed.",
      };
  }
}

/** What a check of the whole form, or the management cluster, has found. */
function summaryOf(
  { validation, management, showAll, summaryId, phase }: FormModel,
  errors: readonly FormError[],
): CreateSummary | null {
  if (phase.kind !== "editing") {
    return null;
  }
  if (validation !== undefined && validation.refused.length > 0) {
    return {
      id: summaryId,
      title: `${management?.name ?? "The management cluster"} would refuse ${validation.refused.length} of ${count(validation.count, "object")}`,
      items: unique(validation.refused.flatMap((refused) => refusalItems(refused, errors))),
    };
  }
  if (!showAll || errors.length === 0) {
    return null;
  }
  return {
    id: summaryId,
    title: `${count(errors.length, "thing")} to solve before the cluster can be created`,
    items: errors.map(({ path, label, text }) => ({ path, label, text })),
  };
}

function refusalItems(
  { kind, name, reasons }: Validation["refused"][number],
  errors: readonly FormError[],
): CreateSummary["items"] {
  return reasons.map(({ path, message, next }) => {
    const known = path === undefined ? undefined : errors.find((each) => startsWith(path, each.path));
    return path === undefined
      ? {
          path: null,
          label: `${kind} ${name}`,
          text: [message.replace(/([^.])$/, "$1."), "No field can solve this.", next ?? ""].join(" ").trim(),
        }
      : { path: known?.path ?? path, label: known?.label ?? `${kind} ${name}`, text: message };
  });
}

/** Several objects can be refused for the same reason. */
function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function startsWith(path: FieldPath, start: FieldPath): boolean {
  return start.every((part, index) => part === path[index]);
}

function previewOf(
  { room, text, file, objects, shared, profile, validation, phase }: FormModel,
  wrong: readonly FieldPath[],
): CreatePreview {
  const refused = new Map(validation?.refused.map((each) => [`${each.kind} ${each.name}`, each]));
  const count = refused.size > 0 ? `${refused.size} of ${objects.length} refused` : String(objects.length);
  return {
    file,
    text,
    hits: linesOf(room, text, wrong),
    objects: objects.map(({ kind, metadata: { name } }, index) => {
      const refusal = refused.get(`${kind} ${name}`);
      const paths =
        refusal?.reasons.flatMap(({ path }) => (path === undefined ? [] : [String(path.at(-1))])) ?? [];
      return {
        kind,
        name,
        note: index < shared ? "shared by all clusters of this version" : "",
        ...(isWritten(phase, index)
          ? { tone: "pass" as const, state: "Created" }
          : validation === undefined || validation.outdated
            ? { tone: null, state: "Not asked" }
            : refusal === undefined
              ? { tone: "pass" as const, state: "Accepted" }
              : {
                  tone: "error" as const,
                  state: paths.length === 0 ? "Refused" : `Refused: ${paths.join(", ")}`,
                }),
      };
    }),
    noObjects:
      profile.kind === "usable"
        ? "Objects appear once the request has no errors."
        : "Objects appear once a profile is chosen.",
    badge: objects.length === 0 ? "" : count,
  };
}

/** Objects are shown in the order in which they are written. */
function isWritten(phase: Phase, index: number): boolean {
  return (
    phase.kind === "done" || (phase.kind === "creating" && phase.stopping === undefined && index < phase.done)
  );
}

/** The lines of what is written wrong; what is missing marks the line that should hold it. */
function linesOf(room: Room, text: string, paths: readonly FieldPath[]): number[] {
  const document = room.parseRequest(text);
  const lines = paths.flatMap((path) => {
    const place = room.placeInRequest(document, path);
    return place === undefined ? [] : [text.slice(0, place.start).split("\n").length];
  });
  return [...new Set(lines)].sort((a, b) => a - b);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
