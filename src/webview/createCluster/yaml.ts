/** One piece of a line of YAML, with the class that colors it. */
export interface Token {
  readonly text: string;
  readonly kind: "k" | "s" | "n" | "b" | "c" | "";
}

const LINE = /^(\s*(?:- )*)(?:([^\s:#"'][^:#"']*?|"[^"]*")(:)(?=\s|$))?(\s*)(.*)$/;

/** Splits a line for coloring. What a line alone cannot tell, such as a quoted key over two lines, stays uncolored. */
export function yamlTokens(line: string): Token[] {
  const [, lead = "", key = "", colon = "", space = "", rest = ""] = LINE.exec(line) ?? [];
  return [
    { text: lead, kind: "" as const },
    { text: key, kind: "k" as const },
    { text: colon + space, kind: "" as const },
    { text: rest, kind: kindOf(rest) },
  ].filter(({ text }) => text !== "");
}

function kindOf(value: string): Token["kind"] {
  if (value.startsWith("#")) {
    return "c";
  }
  if (/^[-+]?\d+(\.\d+)?$/.test(value)) {
    return "n";
  }
  if (/^(true|false|null)$/.test(value)) {
    return "b";
  }
  return /^[|>][-+]?$|^[[\]{}]/.test(value) ? "" : "s";
}
