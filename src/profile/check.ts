import { NO_USER_PACKS, type UserPacks } from "../catalog/index.ts";
import type { Diagnostic } from "../shared/diagnostic.ts";
import { checkShape } from "./check-shape.ts";
import { checkValues } from "./check-values.ts";
import type { ProfileDocument } from "./document.ts";
import type { KubernetesSchemas } from "./kubernetes/schemas.ts";
import { RULES } from "./rules/index.ts";
import type { RuleInput } from "./rules/rule.ts";
import { PROFILE_SHAPE } from "./shape.ts";

/** Nobody reads more, and a damaged file must not drown the editor. */
const MAX_DIAGNOSTICS = 1000;

/** What is known beyond the text. */
export interface Surroundings {
  /** yyyy-mm-dd, to say which versions are no longer supported; nothing is said about that without it. */
  readonly today?: string;
  /** The charts of the user's own registries. */
  readonly user?: UserPacks;
  /** The API of Kubernetes; the fields of manifests are not judged without it. */
  readonly kubernetes?: KubernetesSchemas | undefined;
}

/**
 * Everything that is wrong with a profile, in the order of the text. The first cause only: while the YAML cannot
 * be read, no rule is judged.
 */
export function checkProfile(
  document: ProfileDocument,
  { today, user = NO_USER_PACKS, kubernetes }: Surroundings = {},
): Diagnostic[] {
  if (document.foreign) {
    return [];
  }
  const found: Diagnostic[] = [...document.syntax];
  const { view, text, embedded } = document;
  if (view !== undefined && !found.some(({ severity }) => severity === "error")) {
    const shape = checkShape(view.root, PROFILE_SHAPE);
    found.push(...shape.problems, ...embedded.flatMap(checkValues));
    const input: RuleInput = {
      text,
      profile: view,
      today,
      user,
      kubernetes,
      embedded,
      embeddedIn: new Map(embedded.map((each) => [each.node, each])),
      misspelled: (map, name) => map !== undefined && shape.misspelled.get(map)?.has(name) === true,
    };
    for (const rule of RULES) {
      for (const finding of rule.check(input)) {
        found.push({ ...finding, code: rule.code });
      }
    }
  }
  found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return found.slice(0, MAX_DIAGNOSTICS).map((each) => onOneLine(each, text));
}

/** A problem with a collection is marked on its first line: its content is not what is wrong. */
function onOneLine(diagnostic: Diagnostic, text: string): Diagnostic {
  const { start, end } = diagnostic.span;
  const lineEnd = text.slice(start, end).search(/\r?\n/);
  return lineEnd < 0 ? diagnostic : { ...diagnostic, span: { start, end: start + lineEnd } };
}
