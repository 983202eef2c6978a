import type { Diagnostic } from "../shared/diagnostic.ts";
import { checkCloud } from "./check-cloud.ts";
import { checkValues } from "./check-values.ts";
import type { CloudFields } from "./clouds/fields.ts";
import { cloudOf } from "./clouds/index.ts";
import type { RequestDocument } from "./document.ts";
import { REQUEST_SHAPE } from "./fields.ts";
import { RULES } from "./rules/index.ts";
import { checkShape } from "./shape.ts";

/**
 * Everything that is wrong with a request by itself, in the order of the text. `fields` stand in for those of the
 * cloud where the management cluster knows more, as of a ClusterClass.
 */
export function checkRequest(document: RequestDocument, fields?: CloudFields): Diagnostic[] {
  const { text, view, root, syntax } = document;
  if (view === undefined || root === undefined || syntax.some(({ severity }) => severity === "error")) {
    return [...syntax];
  }
  const cloud = cloudOf(view.cloudType?.text ?? "");
  const found = RULES.flatMap((rule) =>
    [...rule.check(view)].map((finding): Diagnostic => ({ code: rule.code, ...finding })),
  );
  return [
    ...syntax,
    ...checkShape(root, REQUEST_SHAPE),
    ...checkValues(text, view),
    ...found,
    ...(cloud === undefined ? [] : checkCloud(view, cloud, fields ?? cloud.fields)),
  ].sort((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code));
}
