import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { pastWebhooks } from "../../../src/kube/creation/webhooks.ts";
import { PaletteError } from "../../../src/shared/errors.ts";

const refused = (engine: string) => new PaletteError("Refused", "mgmt refused to apply it", { engine });
const silent = refused(
  'Internal error occurred: failed calling webhook "sky.example.com": failed to call webhook: Post "https://sky.svc/validate?timeout=10s": EOF',
);

describe("a write past webhooks", () => {
  /** A write that fails with each of these in turn, then succeeds; gives how often it was tried. */
  async function attempts(t: TestContext, failures: readonly Error[], signal?: AbortSignal) {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    let tries = 0;
    const writing = pastWebhooks(
      async () => {
        const failure = failures[tries++];
        if (failure !== undefined) {
          throw failure;
        }
      },
      { signal },
    ).then(
      () => undefined,
      (error: unknown) => error,
    );
    for (let i = 0; i < 10; i++) {
      await new Promise(setImmediate);
      t.mock.timers.tick(1_000);
    }
    return { error: await writing, tries };
  }

  it("is tried again where one gave no answer", async (t) => {
    assert.deepEqual(await attempts(t, [silent, silent]), { error: undefined, tries: 3 });
  });

  it("fails where it goes on giving none", async (t) => {
    assert.deepEqual(await attempts(t, [silent, silent, silent]), { error: silent, tries: 3 });
  });

  it("is not tried again where one refused, or anything else went wrong", async (t) => {
    const denied = refused('admission webhook "sky.example.com" denied the request: no');
    assert.deepEqual(await attempts(t, [denied]), { error: denied, tries: 1 });
  });

  it("does not wait once it is cancelled", async (t) => {
    const cancelled = new PaletteError("Cancelled", "The request was cancelled");
    const { error, tries } = await attempts(t, [silent, cancelled], AbortSignal.abort());
    assert.deepEqual([error, tries], [cancelled, 2]);
  });
});
