import { nearest } from "../../shared/nearest.ts";
import { replaceScalar } from "../edits.ts";
import { LAYERS, PACK_TYPES } from "../model.ts";
import type { PackView } from "../view.ts";
import { oneOf } from "../words.ts";
import { layerOf, likelyLayer } from "./known.ts";
import type { Finding, Rule, RuleInput } from "./rule.ts";
import { valuesOf } from "./values.ts";

/** Every layer has a name of its own, a known kind and a known type. */
export const packsAreWhole: Rule = {
  code: "P08",
  *check(input) {
    for (const pack of input.profile.packs) {
      yield* nameOf(pack, input);
      yield* kindOf(pack, input);
      yield* typeOf(pack);
    }
    yield* repeated(input);
  },
};

/** The same pack twice needs a display name in its values, by which Palette tells them apart. */
function* repeated(input: RuleInput): Iterable<Finding> {
  const first = new Map<string, PackView>();
  for (const pack of input.profile.packs) {
    const name = pack.name?.text ?? "";
    const displayName = valuesOf(input, pack)?.at("pack", "spectrocloud.com/display-name")?.value;
    const id =
      displayName?.kind === "scalar" && displayName.text !== "" ? `${name}\n${displayName.text}` : name;
    const other = first.get(id);
    if (name === "" || other === undefined) {
      first.set(id, pack);
      continue;
    }
    yield {
      severity: "warning",
      message: `Two layers are called ${name}. Give one of them another pack.spectrocloud.com/display-name in its values.`,
      span: pack.name?.span ?? pack.span,
      related: [{ span: other.name?.span ?? other.span, message: "The first one stands here." }],
    };
  }
}

function* nameOf(pack: PackView, { misspelled }: RuleInput): Iterable<Finding> {
  if ((pack.name === undefined || pack.name.text.trim() === "") && !hasKey(pack, "name")) {
    if (!misspelled(pack.node, "name")) {
      yield { severity: "error", message: "This layer has no name.", span: placeOf(pack) };
    }
  } else if (pack.name !== undefined && pack.name.text.trim() === "") {
    yield { severity: "error", message: "The name of this layer is empty.", span: pack.name.span };
  }
}

function* kindOf(pack: PackView, { misspelled }: RuleInput): Iterable<Finding> {
  const title = pack.name?.text || "This layer";
  const known = oneOf(LAYERS);
  if (pack.layer === undefined || pack.layer.text === "") {
    if (pack.layer !== undefined || (!hasKey(pack, "layer") && !misspelled(pack.node, "layer"))) {
      yield {
        severity: "error",
        message: `${title} does not say which layer it is. Set layer to ${known}.`,
        span: pack.layer?.span ?? pack.name?.span ?? placeOf(pack),
      };
    }
    return;
  }
  if (layerOf(pack) !== undefined) {
    return;
  }
  const meant = likelyLayer(pack.layer.text);
  yield {
    severity: "error",
    message: `${pack.layer.text} is not a layer. Use ${known}.`,
    span: pack.layer.span,
    ...(meant === undefined || pack.layer.value === undefined
      ? {}
      : {
          fixes: [
            { title: `Change to ${meant}`, preferred: true, edits: [replaceScalar(pack.layer.value, meant)] },
          ],
        }),
  };
}

function* typeOf(pack: PackView): Iterable<Finding> {
  const type = pack.type?.text ?? "";
  if (type === "" || pack.type?.value === undefined || (PACK_TYPES as readonly string[]).includes(type)) {
    return;
  }
  const meant = nearest(type, PACK_TYPES);
  yield {
    severity: "error",
    message: `${type} is not a type of pack. Use ${oneOf(PACK_TYPES)}.`,
    span: pack.type.span,
    ...(meant === undefined
      ? {}
      : {
          fixes: [
            { title: `Change to ${meant}`, preferred: true, edits: [replaceScalar(pack.type.value, meant)] },
          ],
        }),
  };
}

function hasKey(pack: PackView, name: string): boolean {
  return pack.node.pairs.some((pair) => pair.key.kind === "scalar" && pair.key.text === name);
}

/** The first key of the layer. */
function placeOf(pack: PackView): { start: number; end: number } {
  return pack.node.pairs[0]?.key.span ?? pack.span;
}
