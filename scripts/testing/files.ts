import { globSync } from "node:fs";
import { root } from "../bundles.ts";

/** The test files of one level, relative to the repository, in a stable order. */
export function testFiles(level: string): string[] {
  return globSync(`test/${level}/**/*.test.ts`, { cwd: root }).sort();
}
