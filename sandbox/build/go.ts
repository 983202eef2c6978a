import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { PaletteError } from "../../src/shared/errors.ts";

/** Oldest Go that builds the engines: the highest `go` line of the wrappers (a test holds them together). */
export const oldestGo = "1.26.6";

const hint = "Install Go 1.26 from https://go.dev/dl.";

/** Places where Go is usually installed, for an editor that was started without the shell's PATH. */
const usualPlaces = ["/usr/local/go/bin", "/opt/homebrew/bin", "/usr/local/bin", "/snap/bin"];

/**
 * Finds a Go that can build the engines and gives its path.
 * Throws `Prerequisite` with what to install where there is none, or only one that is too old and may not fetch a newer one.
 */
export async function findGo(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folders = [...(env.PATH ?? "").split(delimiter), ...usualPlaces].filter((folder) => folder !== "");
  for (const folder of folders) {
    const path = join(folder, "go");
    try {
      await access(path, constants.X_OK);
    } catch {
      continue;
    }
    await assertUsable(path, env);
    return path;
  }
  throw new PaletteError("Prerequisite", "Go is missing; it builds the local management cluster", {
    next: hint,
  });
}

async function assertUsable(go: string, env: NodeJS.ProcessEnv): Promise<void> {
  const own = await goEnvironment(go, { ...env, GOTOOLCHAIN: "local" });
  const configured = await goEnvironment(go, env);
  if (!isUsable(own.GOVERSION, configured.GOTOOLCHAIN)) {
    throw new PaletteError(
      "Prerequisite",
      `Go ${oldestGo} or newer is needed to build the local management cluster, ${go} is ${own.GOVERSION.replace(/^go/, "")}`,
      { next: hint },
    );
  }
}

async function goEnvironment(
  go: string,
  env: NodeJS.ProcessEnv,
): Promise<{ GOVERSION: string; GOTOOLCHAIN: string }> {
  try {
    const { stdout } = await promisify(execFile)(go, ["env", "-json", "GOVERSION", "GOTOOLCHAIN"], {
      env: { ...env, GOWORK: "off" },
      cwd: "/",
    });
    return JSON.parse(stdout) as { GOVERSION: string; GOTOOLCHAIN: string };
  } catch (error) {
    throw new PaletteError("Prerequisite", `${go} does not run`, {
      engine: error instanceof Error ? error.message : String(error),
      next: hint,
    });
  }
}

/** Whether a Go of this version builds the engines: itself, or (from 1.21) by fetching a newer toolchain where it may. */
export function isUsable(version: string, toolchain: string): boolean {
  const match = /^go(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (match === null) {
    // A development build of Go has no such number; whoever uses one knows.
    return version.startsWith("devel");
  }
  const own = match.slice(1, 4).map((part) => Number(part ?? 0));
  const fetches = toolchain === "auto" || toolchain.endsWith("+auto");
  return compare(own, oldestGo.split(".").map(Number)) >= 0 || (fetches && compare(own, [1, 21, 0]) >= 0);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < 3; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
