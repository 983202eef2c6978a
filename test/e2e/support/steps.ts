import assert from "node:assert/strict";
import { it } from "node:test";
import type { WorkbenchPage } from "../../workbench/page.ts";
import { temporaryPicture } from "../../workbench/pictures.ts";

const minute = 60_000;

/**
 * Steps of one path. The ones after a step that failed are not tried: they could only wait in vain. What the window
 * shows then is kept as `picture`.png in the temporary folder palette-screenshots.
 */
export function stepsOf(
  window: () => WorkbenchPage | undefined,
  picture: string,
): (name: string, work: () => Promise<void>) => void {
  let broken: string | undefined;
  return (name, work) => {
    it(name, async () => {
      assert.equal(broken, undefined, "an earlier step failed");
      try {
        await work();
      } catch (error) {
        broken = name;
        await window()?.screenshot(temporaryPicture(picture));
        throw error;
      }
    });
  };
}

/** Waits until something is so. */
export async function eventually(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + minute;
  while (!(await look())) {
    assert.ok(Date.now() < deadline, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
