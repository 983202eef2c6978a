import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Language, languageIdOf, profileLanguage } from "../../language/index.ts";
import { requestLanguage } from "../../language/request/index.ts";
import type { Diagnostic } from "../../shared/diagnostic.ts";
import type { Lines } from "../../shared/lines.ts";
import { choice, parseArguments } from "../arguments.ts";
import { findFiles, reasonOf } from "../check/files.ts";
import { type Format, type Problem, report } from "../check/report.ts";
import { checkUpgrades } from "../check/upgrades.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";

const FORMATS: readonly Format[] = ["text", "json", "sarif"];

/** `palette check`: the diagnostics of profiles and cluster requests. Exit code 1 if any is an error. */
export const check: Command = {
  summary: "Check cluster profiles and cluster requests",
  usage: "palette check [--format text|json|sarif] FILE|DIR…",
  async run(args, io) {
    const { format, paths } = parse(args);
    const { files, unreadable } = await findFiles(paths, io.cwd);
    const problems: Problem[] = unreadable.map(({ path, reason }) => notRead(path, reason));
    const texts = await readAll(files, io, problems);
    const upgrades = checkUpgrades(
      texts.filter(({ file, text }) => languageFor(file, text) === profileLanguage),
    );
    const { schemas: kubernetes } = await import("../../profile/kubernetes/index.ts");
    for (const { file, text } of texts) {
      const { lines, diagnostics } = languageFor(file, text).open(text, undefined, {
        today: io.today,
        kubernetes,
      });
      problems.push(
        ...[...diagnostics, ...(upgrades.get(file) ?? [])]
          .sort((a, b) => a.span.start - b.span.start)
          .map((each) => problem(file, lines, each)),
      );
    }
    io.out(report(format, problems, files.length));
    return problems.some(({ severity }) => severity === "error") ? 1 : 0;
  },
};

function parse(args: readonly string[]): { format: Format; paths: string[] } {
  const { values, positionals } = parseArguments(args, {
    format: { type: "string", default: "text" },
  });
  const format = choice(values.format, "format", FORMATS);
  if (positionals.length === 0) {
    throw new UsageError("Name at least one file or folder to check.");
  }
  return { format, paths: positionals };
}

async function readAll(
  files: readonly string[],
  io: CommandIo,
  problems: Problem[],
): Promise<{ file: string; text: string }[]> {
  const texts: { file: string; text: string }[] = [];
  for (const file of files) {
    try {
      texts.push({
        file,
        text: await readFile(resolve(io.cwd, file), { encoding: "utf8", signal: io.signal }),
      });
    } catch (error) {
      io.signal.throwIfAborted();
      problems.push(notRead(file, reasonOf(error)));
    }
  }
  return texts;
}

function problem(file: string, lines: Lines, { span, severity, code, message }: Diagnostic): Problem {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    severity,
    code,
    message,
  };
}

/** By name; a file of another name that is named on the command line is a profile unless it says otherwise. */
function languageFor(file: string, text: string): Language {
  const id = languageIdOf("", file);
  const saysRequest = /^kind:\s*["']?ClusterRequest\b/m.test(text);
  return id === "palette-cluster" || (id === undefined && saysRequest) ? requestLanguage : profileLanguage;
}

function notRead(file: string, reason: string): Problem {
  return {
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    severity: "error",
    code: "READ",
    message: `${file} was not read. ${reason}`,
  };
}
