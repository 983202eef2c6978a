import type { Fix, Replacement } from "../../shared/diagnostic.ts";
import { addFirst, fillValue, replaceValue } from "../fieldEdits.ts";
import { REQUEST_API_VERSION, REQUEST_KIND } from "../model.ts";
import type { Field } from "../view.ts";
import type { Finding, Rule } from "./rule.ts";

/** The file says what it is, so that later formats can be told apart. */
export const isRequest: Rule = {
  code: "C01",
  *check({ text, root, apiVersion, kind, start }) {
    yield* judge("apiVersion", apiVersion, REQUEST_API_VERSION);
    yield* judge("kind", kind, REQUEST_KIND);

    function* judge(name: string, field: Field | undefined, wanted: string): Iterable<Finding> {
      if (field?.value === undefined) {
        const edit =
          field === undefined ? addFirst(text, root, name, wanted) : fillValue(text, field, wanted);
        yield {
          severity: "error",
          message: `${name} is missing. A cluster request has ${name}: ${wanted}.`,
          span: field?.span ?? start,
          fixes: fixes(`Add ${name}: ${wanted}`, edit),
        };
      } else if (field.value.kind === "scalar" && field.text !== wanted) {
        yield {
          severity: "error",
          message: `${name} of a cluster request is ${wanted}, not ${field.text || "empty"}.`,
          span: field.span,
          fixes: fixes(`Change to ${wanted}`, replaceValue(field, wanted)),
        };
      }
    }
  },
};

function fixes(title: string, edit: Replacement | undefined): Fix[] {
  return edit === undefined ? [] : [{ title, preferred: true, edits: [edit] }];
}
