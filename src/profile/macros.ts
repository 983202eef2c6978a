import type { Span } from "../shared/diagnostic.ts";

export type MacroKind = "var" | "macro" | "system" | "pack";

/** A reference inside a macro, such as `.spectro.var.NAME`. Offsets are those of the text it was found in. */
export interface MacroRef {
  readonly kind: MacroKind;
  /** What follows the kind: the variable's name, or a dotted path. */
  readonly name: string;
  /** The place of that name. */
  readonly span: Span;
}

/** One `{{ … }}`. */
export interface Macro {
  readonly span: Span;
  readonly refs: readonly MacroRef[];
}

const MACRO = /\{\{[^{}\n\r]*\}\}/g;
const REF = /\.spectro\.(var|macro|system|pack)\.([A-Za-z0-9_][-A-Za-z0-9_.]*)/g;

/** Every macro of a text, comments or not. */
export function macrosOf(text: string): Macro[] {
  if (!text.includes("{{")) {
    return [];
  }
  return [...text.matchAll(MACRO)].map((match) => {
    const refs = [...match[0].matchAll(REF)].map((ref): MacroRef => {
      const name = (ref[2] ?? "").replace(/\.+$/, "");
      const start = match.index + ref.index + ref[0].length - (ref[2] ?? "").length;
      return { kind: ref[1] as MacroKind, name, span: { start, end: start + name.length } };
    });
    return { span: { start: match.index, end: match.index + match[0].length }, refs };
  });
}

/** A line that holds nothing but macros. */
const MACRO_LINE = /^[ \t]*(?:\{\{[^{}]*\}\}[ \t]*)+$/;

/**
 * The text with every macro replaced by a word of the same length, so that it parses as YAML whatever the macro
 * holds; a line of nothing but macros becomes blank.
 */
export function maskMacros(text: string): string {
  if (!text.includes("{{")) {
    return text;
  }
  return text.replace(/^.*\{\{.*$/gm, (line) =>
    MACRO_LINE.test(line)
      ? " ".repeat(line.length)
      : line.replace(MACRO, (macro) => `m${"_".repeat(macro.length - 1)}`),
  );
}

/** Whether the macro at `span` has its line for itself. */
export function isMacroLine(text: string, span: Span): boolean {
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const end = text.indexOf("\n", span.end);
  return MACRO_LINE.test(text.slice(start, end < 0 ? text.length : end).replace(/\r$/, ""));
}

/** Palette's own macros, complete (palette.md 2.6). */
export const SYSTEM_MACROS: readonly string[] = [
  "user.name",
  "user.uid",
  "user.email",
  "tenant.uid",
  "project.name",
  "project.uid",
  "clusterprofile.name",
  "clusterprofile.uid",
  "clusterprofile.version",
  "clusterprofile.infra.name",
  "clusterprofile.infra.uid",
  "clusterprofile.infra.version",
  "cluster.name",
  "cluster.uid",
  "cluster.kubevip",
  "cloudaccount.name",
  "cloudaccount.uid",
  "kubernetes.version",
  "reverseproxy.server",
  "reverseproxy.port",
  "reverseproxy.protocol",
  "reverseproxy.vhostport",
  "cloud.type",
  "cloud.region",
];
