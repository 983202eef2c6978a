import { REQUEST_API_VERSION, REQUEST_KIND } from "../model.ts";
import type { Field } from "../view.ts";
import type { Finding, Rule } from "./rule.ts";

/** The file says what it is, so that later formats can be told apart. */
export const isRequest: Rule = {
  code: "C01",
  *check({ apiVersion, kind, start }) {
    yield* judge("apiVersion", apiVersion, REQUEST_API_VERSION);
    yield* judge("kind", kind, REQUEST_KIND);

    function* judge(name: string, field: Field | undefined, wanted: string): Iterable<Finding> {
      if (field === undefined || field.value === undefined) {
        const at = field?.key.span.end ?? start.start;
        yield {
          severity: "error",
          message: `${name} is missing. A cluster request has ${name}: ${wanted}.`,
          span: field?.span ?? start,
          fixes: [
            {
              title: `Add ${name}: ${wanted}`,
              preferred: true,
              edits: [
                {
                  span: { start: field === undefined ? at : field.key.span.start, end: at },
                  text: field === undefined ? `${name}: ${wanted}\n` : `${name}: ${wanted}`,
                },
              ],
            },
          ],
        };
      } else if (field.text !== wanted) {
        yield {
          severity: "error",
          message: `${name} of a cluster request is ${wanted}, not ${field.text}.`,
          span: field.span,
          fixes: [
            {
              title: `Change to ${wanted}`,
              preferred: true,
              edits: [{ span: field.span, text: wanted }],
            },
          ],
        };
      }
    }
  },
};
