import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/bundles.ts";

/** The file of a picture for the documentation, which is renewed only when asked (PALETTE_SCREENSHOTS=1). */
export function documentedPicture(name: string): string {
  return process.env.PALETTE_SCREENSHOTS === "1"
    ? join(root, "media/screenshots", `${name}.png`)
    : temporaryPicture(name);
}

/** The file of a picture for a person to look at. */
export function temporaryPicture(name: string): string {
  return join(tmpdir(), "palette-screenshots", `${name}.png`);
}
