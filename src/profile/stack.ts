import { catalog, type Pack } from "../catalog/index.ts";
import type { Diagnostic } from "../shared/diagnostic.ts";
import type {
  ProfileStack,
  StackGap,
  StackIcon,
  StackLayer,
  StackProblem,
  StackSection,
} from "../shared/profileStack.ts";
import type { ProfileDocument } from "./document.ts";
import { insertTitle } from "./insert-layer.ts";
import { type LayerKind, MANDATORY_LAYERS, type ProfileType } from "./model.ts";
import { layerOf, typeOf } from "./rules/known.ts";
import { nodeAt, type ScalarNode } from "./syntax/nodes.ts";
import type { PackView, ProfileView } from "./view.ts";
import {
  capitalized,
  cloudTitle,
  counted,
  LAYER_ICONS,
  LAYER_NOUNS,
  LAYER_TITLES,
  TYPE_NOUNS,
} from "./words.ts";

const ADDON_ICONS: Readonly<Record<string, StackIcon>> = {
  "load balancer": "arrow-swap",
  authentication: "key",
  monitoring: "pulse",
  logging: "output",
  security: "shield",
};

/** Machines come up with the operating system and Kubernetes at once; network and storage follow, then add-ons. */
const INFRASTRUCTURE_ORDER: Readonly<Record<(typeof MANDATORY_LAYERS)[number], number>> = {
  os: 1,
  k8s: 1,
  cni: 2,
  csi: 3,
};

const GAP_REASONS: Readonly<Record<(typeof MANDATORY_LAYERS)[number], string>> = {
  os: "Decides the machine image, together with Kubernetes.",
  k8s: "Its version is the version of every cluster.",
  cni: "Connects pods. Without it no machine becomes ready.",
  csi: "Keeps the data of workloads.",
};

export interface StackOptions {
  /** yyyy-mm-dd. */
  readonly today: string;
  /** What the stack was before this version of the text: shown on while the text cannot be read. */
  readonly last?: ProfileStack | undefined;
}

/**
 * The profile as a stack of layers, operating system at the bottom, with what is wrong with each.
 * @param diagnostics those of this document
 * @returns nothing for a document that is no profile
 */
export function stackOf(
  document: ProfileDocument,
  diagnostics: readonly Diagnostic[],
  { today, last }: StackOptions,
): ProfileStack | undefined {
  const { view, foreign, text } = document;
  if (foreign) {
    return undefined;
  }
  const broken = document.syntax.find(({ severity }) => severity === "error");
  if (view === undefined || broken !== undefined) {
    const line = text.slice(0, broken?.span.start ?? 0).split("\n").length;
    return {
      ...(last ?? NOTHING),
      status: {
        icon: "history",
        text:
          last === undefined
            ? "The text cannot be read yet."
            : "Stale. Shows the text as it was before the error.",
        canStep: false,
      },
      cluster: last?.cluster === "never" ? "never" : "blocked",
      stale: { line, message: broken?.message ?? "" },
    };
  }
  return fresh(document, view, diagnostics, today);
}

const NOTHING: ProfileStack = {
  name: "Profile",
  facts: [],
  status: { icon: "history", text: "", canStep: false },
  cluster: "blocked",
  stale: null,
  problems: [],
  sections: [],
  help: "",
};

function fresh(
  document: ProfileDocument,
  view: ProfileView,
  diagnostics: readonly Diagnostic[],
  today: string,
): ProfileStack {
  const type = typeOf(view);
  const grounded = needsInfrastructure(type) || view.packs.some((pack) => isMandatory(layerOf(pack)));
  const missing = needsInfrastructure(type)
    ? MANDATORY_LAYERS.filter((layer) => !view.packs.some((pack) => layerOf(pack) === layer))
    : [];
  const titles = new Set(missing.map(insertTitle));
  const isGap = (diagnostic: Diagnostic): boolean =>
    diagnostic.code === "P02" && diagnostic.fixes?.some(({ title }) => titles.has(title)) === true;
  const relevant = diagnostics.filter(({ severity }) => severity === "error" || severity === "warning");
  const holderOf = (diagnostic: Diagnostic): number =>
    isGap(diagnostic) ? GAP : view.packs.findIndex((pack) => contains(pack, diagnostic));

  const byHolder = Map.groupBy(relevant, holderOf);
  const layers = layersOf(document, view, grounded, today, (index) =>
    (byHolder.get(index) ?? []).map(problemOf),
  );
  const gaps = missing.map((layer) => gapOf(layer, type, (byHolder.get(GAP) ?? []).some(offers(layer))));
  const errors = relevant.filter(({ severity }) => severity === "error").length;
  const counts = { errors, warnings: relevant.length - errors, gaps: gaps.length };
  const onlyGaps = errors > 0 && errors === (byHolder.get(GAP) ?? []).length;
  return {
    name: view.name?.text || "Profile without a name",
    facts: factsOf(view, type),
    status: statusOf(type, counts, onlyGaps),
    cluster: needsInfrastructure(type) ? (errors > 0 ? "blocked" : "ready") : "never",
    stale: null,
    problems: (byHolder.get(-1) ?? []).map(problemOf),
    sections: sectionsOf(type, grounded, layers, gaps),
    help: helpOf(grounded),
  };
}

/** Where a missing layer's problem belongs. */
const GAP = -2;

function needsInfrastructure(type: ProfileType | undefined): boolean {
  return type !== "add-on" && type !== "system";
}

function isMandatory(layer: LayerKind | undefined): layer is (typeof MANDATORY_LAYERS)[number] {
  return layer !== undefined && layer !== "addon";
}

function contains(pack: PackView, { span }: Diagnostic): boolean {
  return pack.span.start <= span.start && span.start <= pack.span.end;
}

function offers(layer: LayerKind): (diagnostic: Diagnostic) => boolean {
  return ({ fixes }) => fixes?.some(({ title }) => title === insertTitle(layer)) === true;
}

function problemOf({ code, severity, message, fixes }: Diagnostic): StackProblem {
  return {
    code,
    severity: severity === "error" ? "error" : "warning",
    message,
    fix: fixes?.[0]?.title ?? null,
  };
}

function layersOf(
  document: ProfileDocument,
  view: ProfileView,
  grounded: boolean,
  today: string,
  problemsOf: (index: number) => StackProblem[],
): (StackLayer & { readonly layer: LayerKind | undefined })[] {
  const values = new Map(document.embedded.map(({ node, documents }) => [node, documents[0]?.root]));
  const packValue = (pack: PackView, key: string): string | undefined => {
    const root = pack.values?.value === undefined ? undefined : values.get(pack.values.value as ScalarNode);
    const found = nodeAt(root, "pack", key)?.value;
    return found?.kind === "scalar" ? found.text : undefined;
  };
  const priorityOf = (pack: PackView): number => {
    const priority = packValue(pack, "spectrocloud.com/install-priority") ?? "";
    return /^[-+]?\d+$/.test(priority) ? Number(priority) : 0;
  };
  const priorities = new Set(view.packs.filter((pack) => layerOf(pack) === "addon").map(priorityOf));
  const ranks = [...priorities].sort((a, b) => a - b);
  const first = grounded ? Math.max(...Object.values(INFRASTRUCTURE_ORDER)) + 1 : 1;

  return view.packs.map((pack, index) => {
    const layer = layerOf(pack);
    const name = pack.name?.text ?? "";
    const known = knownPack(name);
    const version = pack.tag?.text || pack.version?.text || "";
    const title =
      packValue(pack, "spectrocloud.com/display-name") ||
      known?.displayName ||
      name ||
      "Layer without a name";
    const problems = problemsOf(index).sort(
      (a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"),
    );
    return {
      kind: "layer",
      layer,
      index,
      order:
        layer === undefined
          ? null
          : isMandatory(layer)
            ? INFRASTRUCTURE_ORDER[layer]
            : first + ranks.indexOf(priorityOf(pack)),
      icon: iconOf(layer, known),
      title,
      details: [
        ...(name === title ? [] : [name]),
        ...detailsOf(pack, layer, known, version, today),
        ...(layer === "addon" ? [`priority ${priorityOf(pack)}`] : []),
      ]
        .filter((part) => part !== "")
        .join(", "),
      version,
      mandatory: isMandatory(layer),
      problems,
    };
  });
}

function knownPack(name: string): Pack | undefined {
  const pack = catalog.find(name);
  return pack?.name === name ? pack : undefined;
}

function iconOf(layer: LayerKind | undefined, known: Pack | undefined): StackIcon {
  if (layer === undefined) {
    return "question";
  }
  return (layer === "addon" ? ADDON_ICONS[known?.addonType ?? ""] : undefined) ?? LAYER_ICONS[layer];
}

function detailsOf(
  pack: PackView,
  layer: LayerKind | undefined,
  known: Pack | undefined,
  version: string,
  today: string,
): string[] {
  switch (layer) {
    case undefined:
      return [pack.layer?.text ? `unknown layer ${pack.layer.text}` : "no layer kind"];
    case "k8s":
      return [supportOf(version, today)];
    case "addon":
      return [known?.addonType ?? ""];
    default:
      return [LAYER_NOUNS[layer]];
  }
}

/** How long the Kubernetes project supports a version. */
function supportOf(version: string, today: string): string {
  const end = catalog.kubernetesRelease(version)?.endOfLife;
  if (end === undefined) {
    return "";
  }
  return end > today ? `supported until ${dayText(end)}` : `not supported since ${dayText(end)}`;
}

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

function dayText(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${MONTHS[Number(month) - 1] ?? month} ${Number(date)}, ${year}`;
}

function gapOf(
  layer: (typeof MANDATORY_LAYERS)[number],
  type: ProfileType | undefined,
  fixable: boolean,
): StackGap {
  return {
    kind: "gap",
    order: INFRASTRUCTURE_ORDER[layer],
    icon: LAYER_ICONS[layer],
    title: `${LAYER_TITLES[layer]} is missing`,
    reason: `${GAP_REASONS[layer]} ${capitalized(TYPE_NOUNS[type ?? "cluster"])} needs exactly one.`,
    add: fixable ? { code: "P02", fix: insertTitle(layer) } : null,
  };
}

function factsOf(view: ProfileView, type: ProfileType | undefined): string[] {
  const cloud = view.cloudType?.text ?? "";
  return [
    ...(type === undefined ? [] : [capitalized(TYPE_NOUNS[type].replace(/^an? /, ""))]),
    ...(cloud === "" ? [] : [cloudTitle(cloud)]),
    `Version ${view.version?.text || "1.0.0"}`,
  ];
}

function statusOf(
  type: ProfileType | undefined,
  { errors, warnings, gaps }: { readonly errors: number; readonly warnings: number; readonly gaps: number },
  onlyGaps: boolean,
): ProfileStack["status"] {
  const also = warnings > 0 ? `${counted(warnings, "warning")}.` : "";
  if (onlyGaps) {
    const text = `${counted(gaps, "mandatory layer")} ${gaps === 1 ? "is" : "are"} missing. ${also}`.trim();
    return { icon: "error", text, canStep: warnings > 0 };
  }
  if (errors > 0) {
    const fix = needsInfrastructure(type)
      ? "Fix the errors to create a cluster."
      : "Fix the errors to publish it.";
    const counts = [counted(errors, "error"), ...(warnings > 0 ? [counted(warnings, "warning")] : [])].join(
      ", ",
    );
    return { icon: "error", text: `${counts}. ${fix}`, canStep: true };
  }
  if (warnings > 0) {
    return { icon: "warning", text: `Valid, with ${counted(warnings, "warning")}.`, canStep: true };
  }
  const text = needsInfrastructure(type) ? "Valid. All four mandatory layers are set." : "Valid.";
  return { icon: "pass", text, canStep: false };
}

function sectionsOf(
  type: ProfileType | undefined,
  grounded: boolean,
  layers: readonly (StackLayer & { readonly layer: LayerKind | undefined })[],
  gaps: readonly StackGap[],
): StackSection[] {
  const bare = ({ layer: _, ...row }: (typeof layers)[number]): StackLayer => row;
  // Those of one number stand in the order of the file, the later one above.
  const addOns = layers
    .filter(({ mandatory }) => !mandatory)
    .sort((a, b) => (b.order ?? Infinity) - (a.order ?? Infinity) || b.index - a.index);
  const infrastructure = [...MANDATORY_LAYERS]
    .reverse()
    .flatMap((layer) => [
      ...layers.filter((each) => each.layer === layer).map(bare),
      ...gaps.filter(({ title }) => title === `${LAYER_TITLES[layer]} is missing`),
    ]);
  const sections: StackSection[] = [];
  if (type !== "infra" || addOns.length > 0) {
    sections.push({
      title: "Add-on layers",
      note:
        addOns.length === 0 ? "optional" : `${addOns.length}${needsInfrastructure(type) ? ", optional" : ""}`,
      rows: addOns.map(bare),
      empty: "No add-on layers yet. Monitoring, logging, load balancer, authentication and more go here.",
    });
  }
  if (grounded) {
    const there = MANDATORY_LAYERS.length - gaps.length;
    sections.push({
      title: "Infrastructure layers",
      note: needsInfrastructure(type)
        ? `${there} of ${MANDATORY_LAYERS.length}, mandatory`
        : `${infrastructure.length}`,
      rows: infrastructure,
      empty: "",
    });
  }
  return sections;
}

function helpOf(grounded: boolean): string {
  const order = "Numbers are the install order, from the bottom up. Equal numbers are installed in parallel.";
  return grounded
    ? `${order} Changing a layer numbered 1 replaces machines (repave).`
    : `${order} An add-on profile has no infrastructure layers: they belong to the cluster it is attached to.`;
}
