import type { Profile } from "../profile/model.ts";
import { keyText, resolve, type YamlNode } from "../profile/syntax/nodes.ts";
import type { Severity, Span } from "../shared/diagnostic.ts";
import { checkRequest } from "./check.ts";
import type { CloudFields } from "./clouds/fields.ts";
import { cloudOf } from "./clouds/index.ts";
import { parseRequest, readRequest, requestOf } from "./document.ts";
import { checkAgainstProfile } from "./fit.ts";

/** Something wrong with a request, at the field that can solve it: how a form sees diagnostics. */
export interface RequestProblem {
  /** From the document's root; the field that is missing is not in it, what should hold it is. */
  readonly path: readonly (string | number)[];
  /** Absent where only the profile shows it. */
  readonly code?: string;
  readonly severity: Severity;
  /** Whole sentences. */
  readonly message: string;
}

/** What else is known when a request is judged. */
export interface RequestContext {
  readonly profile?: Profile | undefined;
  /** Fields of the cloud that only the management cluster knows, as those of a ClusterClass. */
  readonly fields?: CloudFields | undefined;
}

/** Everything that is known to be wrong with a request, by itself and, where one is given, with its profile. */
export function requestProblems(text: string, { profile, fields }: RequestContext = {}): RequestProblem[] {
  const document = parseRequest(text);
  const own = checkRequest(document, fields).map(
    ({ code, severity, message, span }): RequestProblem => ({
      path: pathAt(document.root, span),
      code,
      severity,
      message,
    }),
  );
  if (profile === undefined || document.view === undefined) {
    return own;
  }
  // What no field sees is asked of a sound request only; the rest is known of any.
  const request = requestOf(document) ?? readRequest(document.view);
  const isSound = !own.some(({ severity }) => severity === "error");
  const together = checkAgainstProfile(request, profile, isSound)
    .filter(({ path }) => isSound || path[1] === "profiles" || path[1] === "cloudType")
    // Values of layers that are no YAML are known from the request by itself.
    .filter(({ path }) => !own.some((known) => known.code === "YAML" && known.path.join() === path.join()))
    .map(
      ({ path, message, next }): RequestProblem => ({
        path,
        severity: "error",
        message: `${message}. ${next}`,
      }),
    );
  const warnings = isSound
    ? (cloudOf(request.cloudType)?.check?.(request) ?? [])
        .filter(({ severity }) => severity === "warning")
        .map(
          ({ path, severity, message }): RequestProblem => ({ path: ["spec", ...path], severity, message }),
        )
    : [];
  return [...own, ...together, ...warnings];
}

/** The path of what a span marks: a field by its key or its value, or an item of a list as a whole. */
function pathAt(root: YamlNode | undefined, span: Span): (string | number)[] {
  const node = resolve(root);
  if (node?.kind === "map") {
    for (const pair of node.pairs) {
      const { value } = pair;
      if (holds(pair.key.span, span)) {
        return [keyText(pair) ?? ""];
      }
      if (value !== undefined && holds(value.span, span)) {
        return [keyText(pair) ?? "", ...pathAt(value, span)];
      }
    }
  } else if (node?.kind === "seq") {
    const i = node.items.findIndex((item) => item !== undefined && holds(item.span, span));
    return i < 0 ? [] : [i, ...pathAt(node.items[i], span)];
  }
  return [];
}

function holds(outer: Span, { start, end }: Span): boolean {
  return outer.start <= start && end <= outer.end;
}
