import { lineEndOf, lineStart, replaceScalar } from "../profile/edits.ts";
import type { MapNode, ScalarNode } from "../profile/syntax/nodes.ts";
import type { Replacement } from "../shared/diagnostic.ts";
import type { Field } from "./view.ts";

/** Writes another text in the place of a field's value, in the quotes that are there. */
export function replaceValue({ written, span }: Field, text: string): Replacement {
  return written?.kind === "scalar" ? replaceScalar(written, text) : { span, text };
}

/**
 * Gives a value to a field that has none. Nothing where something stands behind the colon that is no value, such as
 * an anchor.
 */
export function fillValue(source: string, { key, written }: Field, text: string): Replacement | undefined {
  const value = inStyleOf(key, text);
  if (written !== undefined && written.span.end > written.span.start) {
    return { span: written.span, text: value }; // A written null.
  }
  const behind = /^[ \t]*:(?=[ \t]*(?:[\r\n,}]|$|[ \t]#))/.exec(source.slice(key.span.end));
  return behind === null ? undefined : insert(key.span.end + behind[0].length, ` ${value}`);
}

/** Adds a field as the first of a map. Nothing where the first key is not one that begins with its name. */
export function addFirst(source: string, map: MapNode, name: string, text: string): Replacement | undefined {
  const key = map.pairs[0]?.key;
  if (key?.kind !== "scalar") {
    return undefined;
  }
  const { start } = key.span;
  if (map.flow) {
    const field = `${inStyleOf(key, name)}: ${inStyleOf(key, text)}, `;
    return /^\{\s*$/.test(source.slice(map.span.start, start)) ? insert(start, field) : undefined;
  }
  const indent = source.slice(lineStart(source, start), start).replace("\ufeff", "");
  return /^ *$/.test(indent) ? insert(start, `${name}: ${text}${lineEndOf(source)}${indent}`) : undefined;
}

/** As JSON where the keys are. */
function inStyleOf(key: ScalarNode, text: string): string {
  return key.style === "double" ? JSON.stringify(text) : text;
}

function insert(offset: number, text: string): Replacement {
  return { span: { start: offset, end: offset }, text };
}
