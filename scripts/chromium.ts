import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { outcome } from "./processes.ts";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const elsewhere = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium on this machine (CHROMIUM names one by hand), or undefined. */
export async function findChromium(): Promise<string | undefined> {
  const named = process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates =
    named === undefined
      ? [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...elsewhere]
      : [named];
  for (const path of candidates) {
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) {
      return path;
    }
  }
  return undefined;
}

/** Finds Chromium, or installs it from Debian's packages where that is allowed. Throws what to do otherwise. */
export async function provideChromium(onStep: (text: string) => void): Promise<string> {
  const found = await findChromium();
  if (found !== undefined) {
    return found;
  }
  const mayInstall =
    process.getuid?.() === 0 && (await outcome("apt-get", ["--version"]).catch(() => undefined))?.code === 0;
  if (mayInstall) {
    onStep("Installing Chromium from the system's packages");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await outcome("apt-get", ["update"], { env });
    await outcome("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env });
    const installed = await findChromium();
    if (installed !== undefined) {
      return installed;
    }
  }
  throw new Error(
    "Chromium is missing: install it with your system's package manager, or name one in CHROMIUM",
  );
}
