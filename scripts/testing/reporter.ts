/** A reporter for `node --test` that writes one JSON line for each test (results.ts), to be counted over all levels. */
import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";
import type { TestResult } from "./results.ts";

export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    const result = resultOf(event);
    if (result !== undefined) {
      yield `${JSON.stringify(result)}\n`;
    }
  }
}

/** Of a hook, Node says only that it failed; why is behind it. */
function reasonOf({ message, cause, failureType }: Error & { failureType?: string }): string {
  return failureType === "hookFailed" && cause instanceof Error ? `${message}: ${cause.message}` : message;
}

function resultOf(event: TestEvent): TestResult | undefined {
  if (event.type !== "test:pass" && event.type !== "test:fail") {
    return undefined;
  }
  const { data } = event;
  const file = data.file === undefined ? "" : relative(process.cwd(), data.file);
  const name = `${file}: ${data.name}`;
  if (data.skip !== undefined || data.todo !== undefined) {
    return { outcome: "skipped", name, reason: String(data.skip ?? data.todo) };
  }
  if (event.type === "test:fail") {
    // A group fails with its tests, which are counted; what is left is a hook, or a file that did not run.
    const error = event.data.details.error as Error & { failureType?: string };
    return error.failureType === "subtestsFailed"
      ? undefined
      : { outcome: "failed", name, reason: reasonOf(error) };
  }
  // A group, or a file that holds no test, has passed nothing by itself.
  const isGroup = data.details.type === "suite" || data.name === file || data.name === data.file;
  return isGroup ? undefined : { outcome: "passed", name };
}
