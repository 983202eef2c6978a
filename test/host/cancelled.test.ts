import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { cancelled, showError } from "../../src/app/errors.ts";
import type { Log } from "../../src/app/log.ts";
import { withTask } from "../../src/app/progress.ts";
import { isPaletteError, PaletteError } from "../../src/shared/errors.ts";
import { shownBy } from "./support.ts";

const LEFT = "Secret shop-eu could not be removed. Remove it with: kubectl delete secret shop-eu";

/** Gives what the user and the log are told of `error`. */
async function told(error: unknown): Promise<{ shown: readonly string[]; logged: readonly string[] }> {
  const logged: string[] = [];
  const log = {
    warn: (line: string) => logged.push(`warning: ${line}`),
    error: (line: string) => logged.push(`error: ${line}`),
  } as unknown as Log;
  const shown = await shownBy(() => showError(error, log));
  return { shown, logged };
}

describe("a task that the user cancelled", () => {
  it("tells what it could not undo, as a warning", async () => {
    const error: unknown = await withTask("Importing shop-eu", async () => {
      throw new PaletteError("Cancelled", "The request was cancelled", { next: LEFT });
    }).catch((thrown: unknown) => thrown);
    assert.deepEqual(await told(error), {
      shown: [`warning: Cancelled. ${LEFT}`],
      logged: [`warning: Cancelled. ${LEFT}`],
    });
  });

  it("says nothing where nothing is to be told, whatever ended the work", async () => {
    for (const thrown of [cancelled(), new vscode.CancellationError(), AbortSignal.abort().reason]) {
      const error: unknown = await withTask("Importing shop-eu", async () => {
        throw thrown;
      }).catch((caught: unknown) => caught);
      assert.ok(isPaletteError(error, "Cancelled"));
      assert.deepEqual(await told(error), { shown: [], logged: [] });
    }
  });

  it("is told as an error where something else went wrong", async () => {
    assert.deepEqual(await told(new PaletteError("Unreachable", "mgmt does not answer")), {
      shown: ["error: mgmt does not answer."],
      logged: ["error: mgmt does not answer."],
    });
  });
});
