import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextMode,
  type Range,
} from "vscode-languageserver-types";
import { CLOUD_TYPES } from "../../catalog/clouds.ts";
import { catalog, compareVersions, NO_USER_PACKS, type Pack, type UserPacks } from "../../catalog/index.ts";
import { type Cursor, cursorAt } from "../../profile/cursor.ts";
import type { ProfileDocument } from "../../profile/document.ts";
import { indentStep, lineEndOf } from "../../profile/edits.ts";
import { fieldAt } from "../../profile/field-at.ts";
import type { KubernetesSchemas } from "../../profile/kubernetes/schemas.ts";
import { layerText } from "../../profile/layer-text.ts";
import { SYSTEM_MACROS } from "../../profile/macros.ts";
import { MANDATORY_LAYERS, PROFILE_TYPES } from "../../profile/model.ts";
import { newProfile } from "../../profile/new-profile.ts";
import { chartsFor, packsFor } from "../../profile/packs.ts";
import { WELL_KNOWN } from "../../profile/registries.ts";
import { layerOf } from "../../profile/rules/known.ts";
import type { FieldShape } from "../../profile/shape.ts";
import { starterPack } from "../../profile/starter-packs.ts";
import { VALUES_SHAPE } from "../../profile/values-shape.ts";
import type { PackView } from "../../profile/view.ts";
import { capitalized, LAYER_NOUNS, LAYER_TITLES } from "../../profile/words.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";
import { escaped } from "../markdown.ts";
import { behindKey } from "./behindKey.ts";
import { manifestCompletion } from "./manifests.ts";
import { presetsAt } from "./presets.ts";

/** What may be written at an offset. Works in half-typed lines: the place is read from the lines above. */
export function profileCompletion(
  lines: Lines,
  document: ProfileDocument,
  offset: number,
  user: UserPacks = NO_USER_PACKS,
  kubernetes?: KubernetesSchemas,
): CompletionItem[] {
  if (document.foreign) {
    return [];
  }
  const macro = macroCompletion(lines, document, offset);
  if (macro !== undefined) {
    return macro;
  }
  const cursor = cursorAt(lines, offset);
  if (cursor === undefined) {
    return [];
  }
  const context: Context = {
    lines,
    document,
    cursor,
    range: toRange(lines, cursor.typed),
    pack: document.view?.packs.findLast(({ span }) => span.start <= offset),
    user,
  };
  if (cursor.inside !== undefined) {
    const { field, path } = cursor.inside;
    if (field === "values") {
      return valuesCompletion(context, path);
    }
    const text = document.embedded.findLast(({ node }) => node.span.start <= offset);
    return field !== "content" || text?.kind !== "manifest" || kubernetes === undefined
      ? []
      : manifestCompletion(kubernetes, text, path, {
          cursor,
          range: context.range,
          offset,
          eol: lineEndOf(lines.text),
        });
  }
  if (cursor.kind === "value") {
    return valueCompletion(context);
  }
  return keyCompletion(context);
}

interface Context {
  readonly lines: Lines;
  readonly document: ProfileDocument;
  readonly cursor: Cursor;
  /** What the completion replaces. */
  readonly range: Range;
  /** The layer that the cursor is in or behind. */
  readonly pack: PackView | undefined;
  readonly user: UserPacks;
}

function keyCompletion(context: Context): CompletionItem[] {
  const { cursor, document, range } = context;
  if (cursor.path.length === 0 && document.root === undefined) {
    return PROFILE_TYPES.map((type) => ({
      label: `New ${type} profile`,
      kind: CompletionItemKind.Snippet,
      insertTextMode: InsertTextMode.asIs,
      textEdit: { range, newText: newProfile({ name: "my-profile", type, cloudType: "aws" }) },
    }));
  }
  const shape = fieldAt(cursor.path);
  const items = keys(context, shape);
  const path = cursor.path.join(".");
  if (path === "spec.template.packs" || (path === "spec.template.packs.[]" && cursor.siblings.size === 0)) {
    return [...layerSnippets(context), ...(cursor.afterDash ? items : [])];
  }
  // A list wants items: its fields may stand behind a dash only.
  return shape?.kind === "list" && cursor.path.at(-1) !== "[]" ? [] : items;
}

function keys({ cursor, range, lines, document }: Context, shape: FieldShape | undefined): CompletionItem[] {
  const step = document.view === undefined ? 2 : indentStep(lines.text, document.view.root);
  const below = lineEndOf(lines.text) + " ".repeat(cursor.column + step);
  return Object.entries(shape?.fields ?? {})
    .filter(([name, field]) => field.internal !== true && !cursor.siblings.has(name))
    .map(([name, field], i) => ({
      label: name,
      kind: CompletionItemKind.Property,
      documentation: { kind: "markdown", value: field.doc },
      // In the order of the format, not of the alphabet.
      sortText: String(i).padStart(3, "0"),
      insertTextMode: InsertTextMode.asIs,
      textEdit: {
        range,
        newText: `${name}:${field.yaml === true ? ` |${below}` : behindKey(field.kind, below)}`,
      },
    }));
}

/** Whole layers: first those that are missing, then the rest. */
function layerSnippets({ cursor, document, lines, range }: Context): CompletionItem[] {
  const cloudType = document.view?.cloudType?.text ?? "";
  const present = new Set(document.view?.packs.map(layerOf));
  const column = cursor.afterDash ? cursor.column - 2 : cursor.column;
  const step = document.view === undefined ? 2 : indentStep(lines.text, document.view.root);
  const style = { column, step, eol: lineEndOf(lines.text) };
  return ([...MANDATORY_LAYERS, "addon"] as const).map((layer, i) => {
    const pack = starterPack(layer, cloudType);
    const whole = layerText(layer, pack, style).trimStart().trimEnd();
    const missing = layer !== "addon" && !present.has(layer);
    return {
      label: `${capitalized(LAYER_NOUNS[layer])} layer`,
      labelDetails: { description: pack.name },
      kind: CompletionItemKind.Snippet,
      documentation: missing ? `${LAYER_TITLES[layer]} is missing.` : "",
      preselect: missing,
      sortText: `${missing ? 0 : 1}${i}`,
      insertTextMode: InsertTextMode.asIs,
      textEdit: { range, newText: cursor.afterDash ? whole.slice(2) : whole },
    };
  });
}

function valueCompletion(context: Context): CompletionItem[] {
  const { cursor, pack } = context;
  const shape = fieldAt(cursor.path);
  const key = cursor.path.at(-1);
  const owner = cursor.path.slice(0, -1).join(".");
  if (shape?.values !== undefined) {
    return shape.values.filter((value) => value !== "").map((value) => word(context, value));
  }
  if (shape?.kind === "boolean") {
    return ["true", "false"].map((value) => word(context, value));
  }
  if (key === "cloudType") {
    return [...CLOUD_TYPES, "docker", "in-memory"].map((value) => word(context, value));
  }
  if (owner === "spec.template.packs.[]" && key === "name") {
    return packNames(context);
  }
  if (owner === "spec.template.packs.[]" && (key === "tag" || key === "version")) {
    return versions(context, pack);
  }
  if (owner.endsWith("registry.metadata")) {
    const own = key === "name" ? context.user.registries.map(({ name }) => name) : [];
    const known = WELL_KNOWN.map((registry) => String(registry[key as keyof typeof registry] ?? ""));
    return [...own, ...known].map((value) => word(context, value));
  }
  if (owner === "spec.template.packs.[]" && key === "registryName") {
    return [...context.user.registries, ...WELL_KNOWN].map(({ name }) => word(context, name));
  }
  return [];
}

function word({ range }: Context, value: string, more: Partial<CompletionItem> = {}): CompletionItem {
  return {
    label: value,
    kind: CompletionItemKind.EnumMember,
    textEdit: { range, newText: value },
    ...more,
  };
}

function packNames(context: Context): CompletionItem[] {
  const { document, pack, user } = context;
  const layer = pack === undefined ? undefined : layerOf(pack);
  const cloud = document.view?.cloudType?.text;
  const query = {
    ...(layer === undefined ? {} : { layer }),
    ...(cloud === undefined || cloud === "" ? {} : { cloud }),
  };
  const charts = chartsFor(pack, user);
  const known = catalog.list(query);
  // A layer that says it is a chart most likely means one of the user's own.
  const isChart = ["helm", "oci"].includes(pack?.type?.text ?? "");
  return (isChart ? [...charts, ...known] : [...known, ...charts]).map((each, i) =>
    word(context, each.name, {
      kind: CompletionItemKind.Module,
      labelDetails: {
        description:
          typeof each.registry === "object"
            ? each.registry.name
            : `${each.displayName}, ${LAYER_NOUNS[each.layer]}`,
      },
      documentation: { kind: "markdown", value: packSummary(each) },
      sortText: String(i).padStart(4, "0"),
      ...(each.retired === undefined ? {} : { tags: [1] }),
    }),
  );
}

export function packSummary(pack: Pack): string {
  const retired =
    pack.retired === undefined
      ? ""
      : `\n\n**Retired.** ${pack.retired.reason}${pack.retired.replacement === undefined ? "" : ` Take \`${pack.retired.replacement}\`.`}`;
  const notes = pack.notes.map((note) => `\n- ${note}`).join("");
  const isOwn = typeof pack.registry === "object";
  const what = isOwn ? `chart of ${pack.registry.name}` : LAYER_NOUNS[pack.layer];
  return `**${pack.displayName}** (${what})\n\n${isOwn ? escaped(pack.summary) : pack.summary}${retired}${notes === "" ? "" : `\n${notes}`}`;
}

/** Newest first. */
function versions(context: Context, pack: PackView | undefined): CompletionItem[] {
  const [known, ...others] = packsFor(pack, context.user);
  const all = [known, ...others].flatMap((each) => each?.versions ?? []);
  const distinct = [...new Map(all.toReversed().map((each) => [each.version, each])).values()].reverse();
  if (others.length > 0) {
    distinct.sort((a, b) => compareVersions(b.version, a.version));
  }
  // A number would lose its last zero.
  const quoted = (version: string): string => (/^\d+(?:\.\d+)?$/.test(version) ? `"${version}"` : version);
  return distinct.map((version, i) =>
    word(context, version.version, {
      kind: CompletionItemKind.Value,
      textEdit: { range: context.range, newText: quoted(version.version) },
      sortText: String(i).padStart(4, "0"),
      ...(detail(version) === "" ? {} : { detail: detail(version) }),
    }),
  );
}

function detail({ endOfLife, appVersion }: Pack["versions"][number]): string {
  return [
    ...(appVersion === undefined ? [] : [`app version ${appVersion}`]),
    ...(endOfLife === undefined ? [] : [`supported until ${endOfLife}`]),
  ].join(", ");
}

/** Inside values: what Palette reads, and what the catalog says about the pack. */
function valuesCompletion(context: Context, path: readonly string[]): CompletionItem[] {
  const { cursor, pack } = context;
  const [known] = packsFor(pack, context.user);
  const shape = fieldAt(path, VALUES_SHAPE);
  if (cursor.kind === "value") {
    const hint = known?.hints.find((each) => each.path === path.join("."));
    const choices = hint?.options ?? (hint?.type === "boolean" ? ["true", "false"] : []);
    const namespace = path.join(".") === "pack.namespace" ? [known?.namespace] : [];
    return [
      ...choices.map((value) => word(context, value)),
      ...namespace.flatMap((name) => (name === undefined ? [] : [word(context, name)])),
      ...variables(context.document).map((name) =>
        word(context, `'{{.spectro.var.${name}}}'`, { kind: CompletionItemKind.Variable }),
      ),
    ];
  }
  const items = keys(context, shape);
  const depth = path.length;
  const hinted = new Map<string, string>();
  /** Those that have more below them. */
  const parents = new Set<string>();
  for (const hint of known?.hints ?? []) {
    const steps = hint.path.split(".");
    const next = steps[depth];
    if (next !== undefined && path.every((step, i) => steps[i] === step) && !cursor.siblings.has(next)) {
      const isLeaf = steps.length === depth + 1;
      hinted.set(next, isLeaf ? hint.description : (hinted.get(next) ?? ""));
      if (!isLeaf || hint.type === "map") {
        parents.add(next);
      }
    }
  }
  const source = known?.source;
  if (path.join(".") === "charts" && source !== undefined && "charts" in source) {
    for (const chart of source.charts.filter((each) => !cursor.siblings.has(each))) {
      hinted.set(chart, hinted.get(chart) ?? "");
      parents.add(chart);
    }
  }
  const labels = new Set(items.map(({ label }) => label));
  const eol = lineEndOf(context.lines.text);
  for (const [name, description] of hinted) {
    if (!labels.has(name)) {
      items.push({
        label: name,
        kind: CompletionItemKind.Property,
        documentation: description,
        sortText: `1${name}`,
        insertTextMode: InsertTextMode.asIs,
        textEdit: {
          range: context.range,
          newText: parents.has(name) ? `${name}:${eol}${" ".repeat(cursor.column + 2)}` : `${name}: `,
        },
      });
    }
  }
  for (const preset of presetsAt(known, path, cursor.siblings)) {
    items.push({
      label: preset.title,
      labelDetails: { description: `preset, ${preset.group}` },
      kind: CompletionItemKind.Snippet,
      documentation: { kind: "markdown", value: `\`\`\`yaml\n${preset.lines.join("\n")}\n\`\`\`` },
      sortText: `2${preset.title}`,
      insertTextMode: InsertTextMode.asIs,
      textEdit: {
        range: context.range,
        newText: preset.lines
          .map((line, i) => (i === 0 || line === "" ? line : " ".repeat(cursor.column) + line))
          .join(eol),
      },
    });
  }
  return items;
}

function variables(document: ProfileDocument): string[] {
  return (document.view?.variables ?? []).flatMap(({ fields }) => {
    const name = fields.get("name")?.text ?? "";
    return name === "" ? [] : [name];
  });
}

/** Behind `{{`: variables, Palette's own macros, and the other layers; nothing if the cursor is in no macro. */
function macroCompletion(
  lines: Lines,
  document: ProfileDocument,
  offset: number,
): CompletionItem[] | undefined {
  const line = lines.lineAt(offset);
  const before = lines.text.slice(lines.startOf(line), offset);
  const open = /\{\{-?\s*(?:[^{}]*[\s(|])?([.\w-]*)$/.exec(before);
  if (open === null) {
    return undefined;
  }
  const after = lines.text.slice(offset, lines.endOf(line));
  const close = /^[^{]*\}\}/.test(after) ? "" : "}}";
  const range = toRange(lines, { start: offset - (open[1] ?? "").length, end: offset });
  const item = (label: string, kind: CompletionItemKind, detail: string): CompletionItem => ({
    label,
    kind,
    detail,
    filterText: label,
    textEdit: { range, newText: label + close },
  });
  return [
    ...variables(document).map((name) =>
      item(`.spectro.var.${name}`, CompletionItemKind.Variable, "variable of this profile"),
    ),
    ...SYSTEM_MACROS.map((name) =>
      item(`.spectro.system.${name}`, CompletionItemKind.Constant, "filled in by Palette"),
    ),
    ...(document.view?.packs ?? []).flatMap(({ name }) =>
      name === undefined || name.text === ""
        ? []
        : [
            {
              ...item(`.spectro.pack.${name.text}.`, CompletionItemKind.Module, "values of another layer"),
              textEdit: { range, newText: `.spectro.pack.${name.text}.` },
            },
          ],
    ),
  ];
}
