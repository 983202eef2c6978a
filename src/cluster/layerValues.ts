import { parse } from "yaml";
import { macrosOf } from "../profile/macros.ts";
import type { Layer } from "../profile/model.ts";
import { type Fields, isMap, mapOf } from "../shared/records.ts";

/** The values of a layer as a map. Values that are no YAML are said where a request is judged: they read as none. */
export function layerValues(layer: Pick<Layer, "values"> | undefined): Fields {
  try {
    return parseValues(layer?.values ?? "");
  } catch {
    return {};
  }
}

/** Reads values as a map; macros that are still in them stay, quoted or not. Throws `SyntaxError` where they are no YAML. */
export function parseValues(text: string): Fields {
  const macros = macrosOf(text);
  const held = hold(text, macros);
  try {
    return mapOf(restore(parseStrictly(held), text, macros));
  } catch (error) {
    // Lines of macros alone, which only tell what to do with others, are no YAML; inside a text they are.
    const rest = held.replace(HOLDER_LINE, "");
    if (rest === held) {
      throw error;
    }
    return mapOf(restore(parseStrictly(rest), text, macros));
  }
}

/** What a macro is while the text is parsed: a word between characters that no text has. */
const HOLDER = /\uE000(\d+)\uE001/g;
const HOLDER_LINE = /^[ \t]*(?:\uE000\d+\uE001[ \t]*)+$/gm;

type Macros = ReturnType<typeof macrosOf>;

function hold(text: string, macros: Macros): string {
  let held = "";
  let at = 0;
  for (const [i, { span }] of macros.entries()) {
    // As long as the macro, so that problems behind it have their own column.
    held += `${text.slice(at, span.start)}\uE000${String(i).padStart(span.end - span.start - 2, "0")}\uE001`;
    at = span.end;
  }
  return held + text.slice(at);
}

function restore(value: unknown, text: string, macros: Macros): unknown {
  const restored = (word: string): string =>
    word.replace(HOLDER, (holder, i: string) => {
      const span = macros[Number(i)]?.span;
      return span === undefined ? holder : text.slice(span.start, span.end);
    });
  const walk = (at: unknown): unknown => {
    if (typeof at === "string") {
      return restored(at);
    }
    if (Array.isArray(at)) {
      return at.map(walk);
    }
    return isMap(at)
      ? Object.fromEntries(Object.entries(at).map(([name, field]) => [restored(name), walk(field)]))
      : at;
  };
  return macros.length === 0 ? value : walk(value);
}

function parseStrictly(text: string): unknown {
  try {
    return parse(text, { logLevel: "error", maxAliasCount: 100 });
  } catch (error) {
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
    throw new SyntaxError(first.replace(/:$/, ""));
  }
}
