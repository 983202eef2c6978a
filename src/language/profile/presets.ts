import type { Pack } from "../../catalog/index.ts";

/** A preset as it would be written at one place of the values. */
interface PresetPart {
  readonly title: string;
  readonly group: string;
  /** Without the indentation of the place. */
  readonly lines: readonly string[];
}

/**
 * What the presets of a pack add below `path` in its values. A preset that has nothing there, or sets a key that is
 * among `siblings` already, is left out: it would have to be merged, or would change what somebody wrote.
 */
export function presetsAt(
  pack: Pack | undefined,
  path: readonly string[],
  siblings: ReadonlySet<string>,
): PresetPart[] {
  return (pack?.presets ?? []).flatMap(({ displayName, group, add }): PresetPart[] => {
    const lines = below(add.trimEnd().split("\n"), path);
    const keys = lines.flatMap((line) => /^([^\s#-][^:]*):/.exec(line)?.[1] ?? []);
    const isFree = keys.length > 0 && keys.every((key) => !siblings.has(key));
    return isFree ? [{ title: displayName, group, lines }] : [];
  });
}

/** The lines of a block of YAML below a path of keys; none where the path leads nowhere. */
function below(lines: readonly string[], path: readonly string[]): string[] {
  let found = [...lines];
  for (const key of path) {
    const at = found.indexOf(`${key}:`);
    const rest = at < 0 ? [] : found.slice(at + 1);
    const end = rest.findIndex((line) => /^\S/.test(line));
    const block = end < 0 ? rest : rest.slice(0, end);
    const indent = /^ */.exec(block[0] ?? "")?.[0].length ?? 0;
    found = block.map((line) => line.slice(indent));
  }
  return found;
}
