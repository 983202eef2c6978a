import type { Fix } from "../../shared/diagnostic.ts";
import { reorder } from "../edits.ts";
import { insertLayer, insertPacks, insertTitle, rankOf } from "../insert-layer.ts";
import { type LayerKind, MANDATORY_LAYERS, type ProfileType } from "../model.ts";
import { starterPack } from "../starter-packs.ts";
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
          fixes: packsFix(input),
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
      fixes: addFix(input, layer),
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

function* wrongOrder({ text, profile }: RuleInput): Iterable<Finding> {
  const list = profile.packsNode;
  if (list === undefined || list.items.length !== profile.packs.length) {
    return;
  }
  const ranks = profile.packs.map((pack) => rankOf(layerOf(pack)));
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

function packsFix({ text, profile }: RuleInput): Fix[] {
  const cloudType = profile.cloudType?.text ?? "";
  const layers = MANDATORY_LAYERS.map((layer) => ({ layer, pack: starterPack(layer, cloudType) }));
  const edits = insertPacks(text, profile, layers);
  return edits === undefined ? [] : [{ title: "Add the Four Mandatory Layers", edits }];
}

function addFix({ text, profile }: RuleInput, layer: LayerKind): Fix[] {
  const edits = insertLayer(text, profile, layer, starterPack(layer, profile.cloudType?.text ?? ""));
  return edits === undefined ? [] : [{ title: insertTitle(layer), edits }];
}
