import { type CodeAction, CodeActionKind } from "vscode-languageserver-types";
import { applyEdits } from "../profile/edits.ts";
import type { Replacement, Span } from "../shared/diagnostic.ts";
import { toDiagnostic, toTextEdit } from "./convert.ts";
import type { Language, LanguageFile } from "./file.ts";

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.palette`;

export interface CodeActionRequest {
  readonly uri: string;
  readonly span: Span;
  /** The kinds that the editor asks for; all if absent. */
  readonly only: readonly string[] | undefined;
  readonly rulePages: string | undefined;
}

/** The fixes of what is wrong in `span`, and one action that applies every safe fix of the file. */
export function codeActions(
  language: Language,
  file: LanguageFile,
  request: CodeActionRequest,
): CodeAction[] {
  const { uri, span, only, rulePages } = request;
  const wanted = (kind: string): boolean =>
    only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix)) {
    for (const diagnostic of file.diagnostics) {
      if (diagnostic.span.end < span.start || diagnostic.span.start > span.end) {
        continue;
      }
      for (const fix of diagnostic.fixes ?? []) {
        actions.push({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [toDiagnostic(file.lines, uri, diagnostic, rulePages)],
          isPreferred: fix.preferred === true,
          edit: { changes: { [uri]: fix.edits.map((edit) => toTextEdit(file.lines, edit)) } },
        });
      }
    }
  }
  if (wanted(FIX_ALL)) {
    const edit = fixAll(language, file);
    if (edit !== undefined) {
      actions.push({
        title: "Fix All Problems That Have One Right Answer",
        kind: FIX_ALL,
        edit: { changes: { [uri]: [toTextEdit(file.lines, edit)] } },
      });
    }
  }
  return actions;
}

/** Fixes may uncover others; more rounds than this mean that two fixes undo each other. */
const MAX_ROUNDS = 10;

/** One edit that applies every preferred fix, round by round until none is left; nothing if there is none. */
function fixAll(language: Language, file: LanguageFile): Replacement | undefined {
  let current = file;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const edits = preferredEdits(current);
    if (edits.length === 0) {
      break;
    }
    current = language.open(applyEdits(current.lines.text, edits));
  }
  return minimalEdit(file.lines.text, current.lines.text);
}

function preferredEdits(file: LanguageFile): Replacement[] {
  const chosen: Replacement[] = [];
  for (const diagnostic of file.diagnostics) {
    const fix = diagnostic.fixes?.find((each) => each.preferred === true);
    const free = fix?.edits.every((edit) =>
      chosen.every(({ span }) => edit.span.end <= span.start || edit.span.start >= span.end),
    );
    if (fix !== undefined && free === true) {
      chosen.push(...fix.edits);
    }
  }
  return chosen;
}

/** The smallest single replacement that makes `after` of `before`. */
function minimalEdit(before: string, after: string): Replacement | undefined {
  if (before === after) {
    return undefined;
  }
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    start++;
  }
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    tail++;
  }
  return { span: { start, end: before.length - tail }, text: after.slice(start, after.length - tail) };
}
