import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { UsageError } from "./command.ts";

/** `parseArgs` of Node, strict, with its complaints as `UsageError`. */
export function parseArguments<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Node explains how to pass a dash as a value; nobody needs that here.
    throw new UsageError(`${message.split(". ")[0] ?? message}.`.replace(/\.\.$/, "."));
  }
}

/** The one positional argument. */
export function onlyArgument(positionals: readonly string[], what: string): string {
  const [only, ...others] = positionals;
  if (only === undefined || others.length > 0) {
    throw new UsageError(`Give ${what}, once.`);
  }
  return only;
}

/** One of the values that an option takes. */
export function choice<T extends string>(value: string, option: string, values: readonly T[]): T {
  const found = values.find((each) => each === value);
  if (found === undefined) {
    throw new UsageError(`--${option} is ${values.join(" or ")}, not ${value}.`);
  }
  return found;
}

/** The two parts of an option's value around its first equals sign; `form` says what it should look like. */
export function pair(text: string, option: string, form: string): readonly [string, string] {
  const equals = text.indexOf("=");
  if (equals <= 0) {
    throw new UsageError(`--${option} is ${form}, not ${text}.`);
  }
  return [text.slice(0, equals), text.slice(equals + 1)];
}

/** Text for people, or JSON for programs. */
export const OUTPUT = { output: { type: "string", default: "text" } } as const;
export const OUTPUT_USAGE = "[--output text|json]";

export function outputOf(value: string): "text" | "json" {
  return choice(value, "output", ["text", "json"]);
}
