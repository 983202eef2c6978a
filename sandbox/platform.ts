import { PaletteError } from "../src/shared/errors.ts";

/** Throws `Prerequisite` on a platform whose processes the sandbox cannot tell apart safely. */
export function assertSupported(platform: string = process.platform): void {
  if (platform !== "linux" && platform !== "darwin") {
    throw new PaletteError("Prerequisite", "The local management cluster runs on Linux and macOS", {
      next: "On Windows, use it inside WSL.",
    });
  }
}
