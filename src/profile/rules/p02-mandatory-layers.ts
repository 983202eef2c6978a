import type { Fix } from "../../shared/diagnostic.ts";
import { columnOf, indentStep, itemLines, lineEndOf, lineStart, nextLine, reorder } from "../edits.ts";
import { layerJson, layerText } from "../layer-text.ts";
import { LAYERS, type LayerKind, MANDATORY_LAYERS, type ProfileType } from "../model.ts";
import { starterPack } from "../new-profile.ts";
import { walk } from "../syntax/nodes.ts";
import type { ProfileView } from "../view.ts";
import { capitalized, LAYER_NOUNS, LAYER_TITLES, TYPE_NOUNS } from "../words.ts";
import { layerOf, likelyLayer, typeOf } from "./known.ts";
import type { Finding, Rule, RuleInput } from "./rule.ts";

/** A full or infrastructure profile has exactly one layer of each mandatory kind, below the add-ons and in order. */
export const mandatoryLayers: Rule = {
  code: "P02",
  *check(input) {
    const { profile } = input;
    const type = typeOf(profile);
    if (type !== "cluster" && type !== "infra") {
      return;
    }
    if (profile.packsKey === undefined) {
      if (profile.templateKey !== undefined && !input.misspelled(profile.template, "packs")) {
        yield {
          severity: "error",
          message: `The profile has no packs. ${capitalized(TYPE_NOUNS[type])} needs an operating system, a Kubernetes, a network and a storage layer.`,
          span: profile.templateKey.span,
          fixes: insertPacks(input),
        };
      }
      return;
    }
    yield* missingLayers(input, type);
    yield* repeatedLayers(profile, type);
    yield* wrongOrder(input);
  },
};

function* missingLayers(input: RuleInput, type: ProfileType): Iterable<Finding> {
  const { profile } = input;
  if (profile.packsKey === undefined || (profile.packsNode === undefined && !isEmpty(profile))) {
    return;
  }
  const present = new Set<LayerKind | undefined>();
  let unknown = 0;
  for (const pack of profile.packs) {
    const layer = layerOf(pack) ?? (pack.layer === undefined ? undefined : likelyLayer(pack.layer.text));
    present.add(layer);
    unknown += layer === undefined ? 1 : 0;
  }
  const missing = MANDATORY_LAYERS.filter((layer) => !present.has(layer));
  // A layer without a readable kind may be the missing one: P08 speaks of it, and that comes first.
  if (missing.length <= unknown) {
    return;
  }
  for (const layer of missing) {
    yield {
      severity: "error",
      message: `${LAYER_TITLES[layer]} is missing. ${capitalized(TYPE_NOUNS[type])} needs exactly one ${LAYER_NOUNS[layer]} layer.`,
      span: profile.packsKey.span,
      fixes: insertLayer(input, layer),
    };
  }
}

/** `packs:` with nothing behind it. */
function isEmpty(profile: ProfileView): boolean {
  const pair = profile.template?.pairs.find((each) => each.key === profile.packsKey);
  const value = pair?.value;
  return pair !== undefined && (value === undefined || (value.kind === "scalar" && value.value === null));
}

function* repeatedLayers(profile: ProfileView, type: ProfileType): Iterable<Finding> {
  for (const layer of MANDATORY_LAYERS) {
    const [first, ...others] = profile.packs.filter((pack) => layerOf(pack) === layer);
    for (const other of others) {
      const span = other.layer?.span ?? other.span;
      const noun = LAYER_NOUNS[layer];
      yield {
        severity: "error",
        message: `${other.name?.text || "This"} is another ${noun} layer. ${capitalized(TYPE_NOUNS[type])} needs exactly one ${noun} layer.`,
        span,
        related: [
          {
            span: first?.layer?.span ?? span,
            message: `The first ${noun} layer is ${first?.name?.text || "here"}.`,
          },
        ],
      };
    }
  }
}

function rank(layer: LayerKind | undefined): number {
  return layer === undefined ? LAYERS.length : LAYERS.indexOf(layer);
}

function* wrongOrder({ text, profile }: RuleInput): Iterable<Finding> {
  const list = profile.packsNode;
  if (list === undefined || list.items.length !== profile.packs.length) {
    return;
  }
  const ranks = profile.packs.map((pack) => rank(layerOf(pack)));
  const at = ranks.findIndex((each, i) => i > 0 && each < (ranks[i - 1] ?? 0));
  const pack = profile.packs[at];
  const before = profile.packs[at - 1];
  const layer = pack === undefined ? undefined : layerOf(pack);
  const above = before === undefined ? undefined : layerOf(before);
  if (pack === undefined || layer === undefined || above === undefined) {
    return;
  }
  const order = ranks.map((_, i) => i).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
  // An alias must stay behind its anchor.
  let aliased = false;
  walk(list, (node) => {
    aliased ||= node.kind === "alias";
  });
  const edits = aliased ? undefined : reorder(text, list, order);
  yield {
    severity: "warning",
    message: `The ${LAYER_NOUNS[layer]} layer stands behind the ${LAYER_NOUNS[above]} layer. The order is operating system, Kubernetes, network, storage, add-ons.`,
    span: pack.layer?.span ?? pack.span,
    ...(edits === undefined ? {} : { fixes: [{ title: "Reorder Layers", preferred: true, edits }] }),
  };
}

function insertPacks(input: RuleInput): Fix[] {
  const { text, profile } = input;
  const template = profile.template;
  const first = template?.pairs[0];
  const cloudType = profile.cloudType?.text ?? "";
  if (template === undefined || first === undefined) {
    return [];
  }
  const title = "Add the Four Mandatory Layers";
  if (template.flow) {
    const layers = MANDATORY_LAYERS.map((layer) => layerJson(layer, starterPack(layer, cloudType)));
    const at = first.key.span.start;
    return [{ title, edits: [{ span: { start: at, end: at }, text: `"packs": [${layers.join(", ")}], ` }] }];
  }
  const eol = lineEndOf(text);
  const step = indentStep(text, profile.root);
  const column = columnOf(text, first.key.span.start);
  const at = nextLine(text, template.span.end);
  const lead = text.length > 0 && at === text.length && !text.endsWith("\n") ? eol : "";
  const style = { column: column + step, step, eol };
  const layers = MANDATORY_LAYERS.map((layer) => layerText(layer, starterPack(layer, cloudType), style));
  return [
    {
      title,
      edits: [
        { span: { start: at, end: at }, text: `${lead}${" ".repeat(column)}packs:${eol}${layers.join("")}` },
      ],
    },
  ];
}

function insertLayer(input: RuleInput, layer: LayerKind): Fix[] {
  const { text, profile } = input;
  const pack = starterPack(layer, profile.cloudType?.text ?? "");
  const title = `Add ${titleCase(LAYER_NOUNS[layer])} Layer`;
  const list = profile.packsNode;
  const key = profile.packsKey;
  if (key === undefined) {
    return [];
  }
  const index = list?.items.findIndex((_, i) => rank(packLayer(profile, i)) > rank(layer)) ?? -1;
  if (list?.flow === true) {
    const next = index < 0 ? undefined : list.items[index];
    const json = layerJson(layer, pack);
    const last = list.items.at(-1);
    if (next !== undefined) {
      return [{ title, edits: [{ span: at(next.span.start), text: `${json}, ` }] }];
    }
    if (last !== undefined) {
      return [{ title, edits: [{ span: at(last.span.end), text: `, ${json}` }] }];
    }
    if (profile.template?.flow === true) {
      return [{ title, edits: [{ span: list.span, text: `[${json}]` }] }];
    }
  }
  const eol = lineEndOf(text);
  const step = indentStep(text, profile.root);
  if (list === undefined || list.items.length === 0) {
    if (profile.template?.flow !== false) {
      return [];
    }
    const style = { column: columnOf(text, key.span.start) + step, step, eol };
    const end = list?.span.end ?? text.indexOf(":", key.span.end) + 1;
    const rest = list === undefined ? nextLine(text, end) : end;
    const layerLines = layerText(layer, pack, style);
    // Whatever is written behind the colon ([] or nothing, a comment stays) gives way to the block list.
    if (list === undefined) {
      const lead = text.slice(0, rest).endsWith("\n") ? "" : eol;
      return [{ title, edits: [{ span: at(rest), text: lead + layerLines }] }];
    }
    const start = text.slice(0, list.span.start).trimEnd().length;
    return [
      {
        title,
        edits: [{ span: { start, end: list.span.end }, text: eol + layerLines.slice(0, -eol.length) }],
      },
    ];
  }
  const lines = itemLines(text, list);
  const next = index < 0 ? undefined : lines?.[index];
  const last = lines?.at(-1);
  if (lines === undefined || last === undefined) {
    return [];
  }
  const style = { column: columnOf(text, list.span.start), step, eol };
  const place = next?.start ?? last.end;
  const lead = text.slice(0, place).endsWith("\n") || place === lineStart(text, place) ? "" : eol;
  return [{ title, edits: [{ span: at(place), text: lead + layerText(layer, pack, style) }] }];
}

function packLayer(profile: ProfileView, index: number): LayerKind | undefined {
  const pack = profile.packs[index];
  return pack === undefined ? undefined : layerOf(pack);
}

function at(offset: number): { start: number; end: number } {
  return { start: offset, end: offset };
}

function titleCase(text: string): string {
  return text.replace(/\b[a-z]/g, (c) => c.toUpperCase());
}
