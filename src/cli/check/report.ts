import type { Severity } from "../../shared/diagnostic.ts";

/** One problem as `palette check --format json` prints it; lines and columns (UTF-16) from 1. A stable contract. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

export type Format = "text" | "json" | "sarif";

/** The problems of `files` checked files, as text. */
export function report(format: Format, problems: readonly Problem[], files: number): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(problems, undefined, 2)}\n`;
    case "sarif":
      return `${JSON.stringify(sarif(problems), undefined, 2)}\n`;
    case "text":
      return text(problems, files);
  }
}

function text(problems: readonly Problem[], files: number): string {
  const lines = problems.map(
    ({ file, line, column, severity, code, message }) =>
      `${file}:${line}:${column}: ${severity} ${code}: ${message}`,
  );
  const checked = files === 1 ? "1 file" : `${files} files`;
  const counts = (["error", "warning", "info", "hint"] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === "info" ? "" : "s"}`];
  });
  lines.push(`${checked} checked: ${counts.length === 0 ? "no problems" : counts.join(", ")}`);
  return `${lines.join("\n")}\n`;
}

/** SARIF 2.1.0, which code scanning services read. */
function sarif(problems: readonly Problem[]): object {
  const rules = [...new Set(problems.map(({ code }) => code))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "palette", rules: rules.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: problems.map((problem) => ({
          ruleId: problem.code,
          ruleIndex: rules.indexOf(problem.code),
          level: problem.severity === "error" || problem.severity === "warning" ? problem.severity : "note",
          message: { text: problem.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: problem.file.split(/[\\/]/).map(encodeURIComponent).join("/") },
                region: {
                  startLine: problem.line,
                  startColumn: problem.column,
                  endLine: problem.endLine,
                  endColumn: problem.endColumn,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}
