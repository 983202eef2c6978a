import type { Hover } from "vscode-languageserver-types";
import { catalog, NO_USER_PACKS, type Pack, type UserPacks } from "../../catalog/index.ts";
import type { ProfileDocument } from "../../profile/document.ts";
import type { EmbeddedText } from "../../profile/embedded.ts";
import { fieldAt } from "../../profile/field-at.ts";
import type { KubernetesSchemas } from "../../profile/kubernetes/schemas.ts";
import { locate } from "../../profile/locate.ts";
import { SYSTEM_MACROS } from "../../profile/macros.ts";
import { packsFor } from "../../profile/packs.ts";
import { layerOf } from "../../profile/rules/known.ts";
import type { FieldShape } from "../../profile/shape.ts";
import { VALUES_SHAPE } from "../../profile/values-shape.ts";
import type { PackView } from "../../profile/view.ts";
import type { Span } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";
import { toRange } from "../convert.ts";
import { escaped } from "../markdown.ts";
import { packSummary } from "./completion.ts";
import { manifestHover } from "./manifests.ts";
import { mentionAt } from "./references.ts";

/**
 * What stands at an offset: a field and what it means to Palette, a pack and its version, a variable and its
 * definition, a macro.
 */
export function profileHover(
  lines: Lines,
  document: ProfileDocument,
  offset: number,
  user: UserPacks = NO_USER_PACKS,
  kubernetes?: KubernetesSchemas,
): Hover | undefined {
  if (document.foreign) {
    return undefined;
  }
  const at = (value: string, span: Span): Hover => ({
    contents: { kind: "markdown", value },
    range: toRange(lines, span),
  });
  const pack = document.view?.packs.find(({ span }) => span.start <= offset && offset <= span.end);
  const text = document.embedded.find(({ node }) => node.span.start <= offset && offset <= node.span.end);
  if (text !== undefined) {
    const found =
      embeddedHover(document, text, offset) ??
      (text.kind === "manifest" && kubernetes !== undefined
        ? manifestHover(kubernetes, text, offset)
        : undefined);
    return found === undefined ? undefined : at(found.value, found.span);
  }
  const { shape, key, node, onKey, path } = locate(document.root, offset);
  if (key === undefined) {
    return undefined;
  }
  if (!onKey && node !== undefined && pack !== undefined) {
    const kubernetes = document.view?.packs.find((each) => layerOf(each) === "k8s");
    const value = packHover(pack, path.at(-1), user, kubernetes);
    if (value !== undefined) {
      return at(value, node.span);
    }
  }
  if (shape === undefined || (!onKey && shape.values === undefined)) {
    return undefined;
  }
  return at(fieldText(key.text, shape), onKey || node === undefined ? key.span : node.span);
}

function fieldText(name: string, shape: FieldShape): string {
  const values = (shape.values ?? []).filter((value) => value !== "").map((value) => `\`${value}\``);
  return `**${name}**\n\n${shape.doc}${values.length === 0 ? "" : `\n\nOne of ${values.join(", ")}.`}`;
}

/** On the name, tag or version of a layer: what the catalog or the user's registry knows. */
function packHover(
  pack: PackView,
  field: string | number | undefined,
  user: UserPacks,
  kubernetes: PackView | undefined,
): string | undefined {
  if (field !== "name" && field !== "tag" && field !== "version") {
    return undefined;
  }
  const tag = (field === "version" ? pack.version?.text : pack.tag?.text) ?? "";
  const candidates = packsFor(pack, user);
  const known = candidates.find((each) => catalog.resolveTag(each, tag) !== undefined) ?? candidates[0];
  if (known === undefined) {
    return undefined;
  }
  const version = tag === "" ? undefined : catalog.resolveTag(known, tag);
  const lines: string[] = [];
  if (field !== "name" && version !== undefined && version.version !== tag) {
    lines.push(`\`${tag}\` means ${version.version} today.`);
  }
  const release =
    known.layer === "k8s" && version !== undefined ? catalog.kubernetesRelease(version.version) : undefined;
  const end = version?.endOfLife ?? release?.endOfLife;
  if (end !== undefined) {
    lines.push(`Supported until ${end}.`);
  }
  if (version?.appVersion !== undefined) {
    lines.push(`App version ${escaped(version.appVersion)}.`);
  }
  if (version?.kubernetes !== undefined) {
    lines.push(`Needs Kubernetes \`${version.kubernetes}\`.`);
  }
  const source = sourceText(known, version, kubernetes);
  if (source !== undefined) {
    lines.push(source);
  }
  return [field === "name" ? packSummary(known) : `**${known.displayName}** ${tag}`, ...lines].join("\n\n");
}

/** Where the open equivalent comes from: the chart, the manifests, or the machine image for this Kubernetes. */
function sourceText(
  { source }: Pack,
  version: Pack["versions"][number] | undefined,
  kubernetes: PackView | undefined,
): string | undefined {
  switch (source.kind) {
    case "helm":
    case "oci": {
      const chart = version?.chartVersion === undefined ? "" : ` ${version.chartVersion}`;
      return `Chart ${(version?.charts ?? source.charts).join(", ")}${chart} of ${source.repository}`;
    }
    case "manifests":
      return `Manifests of ${source.repository}${source.path === undefined ? "" : `, ${source.path}`}`;
    case "image": {
      const pack = catalog.find(kubernetes?.name?.text ?? "");
      const tag = kubernetes?.tag?.text || kubernetes?.version?.text || "";
      const resolved = pack === undefined ? undefined : catalog.resolveTag(pack, tag)?.version;
      const image = source.image
        .replaceAll("{os}", version?.version ?? "{os}")
        .replaceAll("{kubernetes}", resolved ?? (tag || "{kubernetes}"));
      return `Machine image \`${image}\``;
    }
    case "provider":
    case "none":
      return undefined;
  }
}

function embeddedHover(
  document: ProfileDocument,
  text: EmbeddedText,
  offset: number,
): { value: string; span: Span } | undefined {
  const mention = mentionAt(document, offset);
  if (mention?.kind === "var") {
    const fields = document.view?.variables.find(
      ({ fields: each }) => each.get("name")?.text === mention.name,
    )?.fields;
    if (fields === undefined) {
      return undefined;
    }
    const get = (name: string): string => fields.get(name)?.text ?? "";
    const secret = fields.get("isSensitive")?.value?.value === true;
    const facts = [
      get("description"),
      `Format: ${get("format") || "string"}`,
      get("defaultValue") === "" || secret ? "" : `Default: \`${get("defaultValue")}\``,
      get("regex") === "" ? "" : `Pattern: \`${get("regex")}\``,
    ];
    const title = `**${get("displayName") || mention.name}** (variable)`;
    return { value: [title, ...facts.filter((fact) => fact !== "")].join("\n\n"), span: mention.span };
  }
  const inner = text.toDecoded(offset);
  const system = text.macros
    .flatMap(({ refs }) => refs)
    .find(({ kind, span }) => kind === "system" && span.start <= inner && inner <= span.end);
  if (system !== undefined) {
    const known = SYSTEM_MACROS.includes(system.name);
    return {
      value: known
        ? `**${system.name}**\n\nFilled in by Palette when the layer is installed.`
        : `**${system.name}**\n\nPalette has no such macro.`,
      span: text.toSpan(system.span),
    };
  }
  const place = text.documents
    .map(({ root }) => locate(root, inner))
    .find(({ key, onKey }) => key !== undefined && onKey);
  if (text.kind !== "values" || place?.key === undefined) {
    return undefined;
  }
  const path = place.path.map(String);
  const shape = fieldAt(place.path, VALUES_SHAPE);
  const hint = catalog.find(text.pack.name?.text ?? "")?.hints.find((each) => each.path === path.join("."));
  if (shape === undefined && hint === undefined) {
    return undefined;
  }
  const options =
    hint?.options === undefined ? "" : `\n\nOne of ${hint.options.map((each) => `\`${each}\``).join(", ")}.`;
  return {
    value:
      shape === undefined
        ? `**${path.join(".")}**\n\n${hint?.description ?? ""}${options}`
        : fieldText(place.key.text, shape),
    span: text.toSpan(place.key.span),
  };
}
