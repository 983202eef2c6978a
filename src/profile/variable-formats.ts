import ipaddr from "ipaddr.js";
import { RE2JS } from "re2js";
import { valid } from "semver";
import type { VARIABLE_FORMATS } from "./shape.ts";

export type VariableFormat = (typeof VARIABLE_FORMATS)[number];

/** What a value of a format is called. */
export const FORMAT_WORDS: Readonly<Record<VariableFormat, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  ipv4: "an IPv4 address",
  ipv4cidr: "an IPv4 range such as 10.0.0.0/8",
  ipv6: "an IPv6 address",
  version: "a version such as 1.2.3",
  base64: "base64 text",
};

const CHECKS: Readonly<Record<VariableFormat, (text: string) => boolean>> = {
  string: () => true,
  number: (text) => /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text),
  boolean: (text) => text === "true" || text === "false",
  ipv4: (text) => ipaddr.IPv4.isValidFourPartDecimal(text),
  ipv4cidr: (text) => ipaddr.IPv4.isValidCIDR(text) && text.split(".").length === 4,
  ipv6: (text) => ipaddr.IPv6.isValid(text),
  version: (text) => /^\d/.test(text) && valid(text) !== null,
  base64: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
};

export function fitsFormat(format: VariableFormat, text: string): boolean {
  return CHECKS[format](text);
}

export type CompiledRegex = { readonly problem: string } | { matches(text: string): boolean };

/** Compiling costs more than all other rules together, and most patterns stay as they are while one types. */
const compiledRegexes = new Map<string, CompiledRegex>();
/** A profile has fewer; what is typed in between must not pile up. */
const MAX_COMPILED = 500;

/** A pattern in the dialect of Palette, Go's RE2: it matches anywhere in the value unless it is anchored. */
export function compileRegex(pattern: string): CompiledRegex {
  const known = compiledRegexes.get(pattern);
  if (known !== undefined) {
    return known;
  }
  if (compiledRegexes.size >= MAX_COMPILED) {
    compiledRegexes.clear();
  }
  const compiled = compile(pattern);
  compiledRegexes.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string): CompiledRegex {
  try {
    const compiled = RE2JS.compile(pattern);
    return { matches: (text) => compiled.matcher(text).find() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: message.replace(/^error parsing regexp:\s*/, "") };
  }
}
