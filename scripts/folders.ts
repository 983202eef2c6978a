import { homedir } from "node:os";
import { join } from "node:path";

/** Where downloads and builds are kept between runs, as the sandbox has it: PALETTE_CACHE, or the platform's cache folder. */
export function cacheFolder(): string {
  return (
    process.env.PALETTE_CACHE ?? join(platformFolder("XDG_CACHE_HOME", ".cache", "Library/Caches"), name)
  );
}

/** Where the window of `npm start` keeps its settings: PALETTE_HOME, or the platform's data folder. */
export function dataFolder(): string {
  return (
    process.env.PALETTE_HOME ??
    join(platformFolder("XDG_DATA_HOME", ".local/share", "Library/Application Support"), name)
  );
}

const name = "palette-onboarding";

function platformFolder(variable: string, elsewhere: string, mac: string): string {
  return process.env[variable] ?? join(homedir(), process.platform === "darwin" ? mac : elsewhere);
}
