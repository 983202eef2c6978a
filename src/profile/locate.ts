import { type FieldShape, PROFILE_SHAPE } from "./shape.ts";
import type { ScalarNode, YamlNode } from "./syntax/nodes.ts";

/** What stands at an offset. */
export interface Place {
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[];
  /** The innermost key that the offset is on or behind. */
  readonly key: ScalarNode | undefined;
  /** Whether the offset is on that key itself. */
  readonly onKey: boolean;
  /** The innermost node; absent behind a key without a value. */
  readonly node: YamlNode | undefined;
  /** What the format says about that key, if it knows it. */
  readonly shape: FieldShape | undefined;
}

/** Finds what stands at an offset, down the tree in one pass. Aliases are not followed. */
export function locate(root: YamlNode | undefined, offset: number): Place {
  const path: (string | number)[] = [];
  let node = root;
  let shape: FieldShape | undefined = PROFILE_SHAPE;
  let key: ScalarNode | undefined;
  for (;;) {
    if (node?.kind === "map") {
      const pair = node.pairs.findLast((each) => each.key.span.start <= offset);
      if (pair === undefined || pair.key.kind !== "scalar") {
        return { path, key, onKey: false, node, shape };
      }
      const inside = offset <= Math.max(pair.key.span.end, pair.value?.span.end ?? 0);
      if (!inside) {
        return { path, key, onKey: false, node, shape };
      }
      key = pair.key;
      path.push(key.text);
      shape = fieldOf(shape, key.text);
      if (offset <= key.span.end) {
        return { path, key, onKey: true, node: pair.value, shape };
      }
      node = pair.value;
    } else if (node?.kind === "seq") {
      const index = node.items.findLastIndex((item) => item !== undefined && item.span.start <= offset);
      const item = node.items[index];
      if (item === undefined || offset > item.span.end) {
        return { path, key, onKey: false, node, shape };
      }
      path.push(index);
      node = item;
    } else {
      return { path, key, onKey: false, node, shape };
    }
  }
}

function fieldOf(shape: FieldShape | undefined, name: string): FieldShape | undefined {
  return shape?.fields !== undefined && Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
}
