import { readFile } from "node:fs/promises";

/** What became of one test. */
export interface TestResult {
  readonly outcome: "passed" | "failed" | "skipped";
  readonly name: string;
  /** Why it failed, or why it was skipped. */
  readonly reason?: string;
}

/** Reads results that another process wrote, one JSON object a line; a file that is not there holds none. */
export async function readResults(path: string): Promise<TestResult[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as TestResult);
}

/** Reports the results of one level, and makes a level that broke without a failed test a failure. */
export function conclude(level: string, results: readonly TestResult[], code: number): TestResult[] {
  const failed = results.some(({ outcome }) => outcome === "failed");
  if (code !== 0 && !failed) {
    return [
      ...results,
      { outcome: "failed", name: level, reason: `ended with ${code}, though no test failed` },
    ];
  }
  if (results.length === 0) {
    return [{ outcome: "failed", name: level, reason: "ran no test" }];
  }
  return [...results];
}
