import { constants } from "node:fs";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isPaletteError, PaletteError } from "../../src/shared/errors.ts";
import { cancelled } from "../errors.ts";
import { withLock } from "../lock.ts";
import type { TaskOptions } from "../progress.ts";
import { devProviderPatch } from "./devProvider.ts";
import { type Engine, type EngineName, enginesFor } from "./engines.ts";
import { findGo } from "./go.ts";
import { patchedModFile } from "./patchedModule.ts";
import { buildArguments, contentKey, linkerFlags } from "./recipe.ts";
import { run } from "./run.ts";
import type { Tracker } from "./tracker.ts";
import { goEnvironment, readWrapper, type Wrapper } from "./wrapper.ts";

/** Paths of built programs by name. */
export type Binaries = Readonly<Record<EngineName, string>>;

interface Target {
  readonly engine: Engine;
  readonly wrapper: Wrapper;
  readonly path: string;
}

/**
 * Builds what is not there yet into `folder` and gives the paths of all engines, also of those that this plane
 * does not need and that may not exist. Each program appears under its name only once it is whole, so a build
 * that was interrupted goes on where it stopped.
 * Throws `Prerequisite` (no Go), `Unreachable` (no source), `Refused` (does not compile), `Cancelled`.
 */
export async function buildEngines(
  folder: string,
  options: TaskOptions & { readonly workload: boolean },
  tracker: Tracker,
): Promise<Binaries> {
  const all = await targets(folder);
  const needed = new Set(enginesFor(options).map(({ name }) => name));
  const wanted = all.filter(({ engine }) => needed.has(engine.name));
  if ((await missing(wanted)).length > 0) {
    await withLock(folder, options, "build", async () =>
      buildAll(await missing(wanted), tracker, options.signal),
    );
  }
  return Object.fromEntries(all.map(({ engine, path }) => [engine.name, path])) as Binaries;
}

async function targets(folder: string): Promise<Target[]> {
  const engines = enginesFor({ workload: true });
  const wrappers = new Map<string, Wrapper>();
  for (const { wrapper } of engines) {
    wrappers.set(wrapper, wrappers.get(wrapper) ?? (await readWrapper(wrapper)));
  }
  return engines.map((engine) => {
    const wrapper = wrappers.get(engine.wrapper) as Wrapper;
    const key = contentKey(wrapper.name, [
      wrapper.goMod,
      wrapper.goSum,
      linkerFlags(wrapper.name, wrapper.goMod),
      engine.wrapper === "capi" ? devProviderPatch : "",
      `${process.platform}-${process.arch}`,
    ]);
    return { engine, wrapper, path: join(folder, key, engine.name) };
  });
}

async function missing(wanted: readonly Target[]): Promise<Target[]> {
  const there = await Promise.all(wanted.map(({ path }) => exists(path)));
  return wanted.filter((_, i) => there[i] !== true);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function buildAll(
  missing: readonly Target[],
  tracker: Tracker,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (missing.length === 0) {
    return;
  }
  const go = await findGo();
  tracker.insert(missing.map(({ engine }) => ({ name: `Building ${engine.name}`, seconds: engine.seconds })));
  try {
    for (const target of missing) {
      await tracker.step((detail) => buildOne(go, target, signal, detail));
    }
  } catch (error) {
    throw isPaletteError(error, "Cancelled")
      ? cancelled("What is built is kept; the next start goes on from there.")
      : error;
  }
}

async function buildOne(
  go: string,
  { engine, wrapper, path }: Target,
  signal: AbortSignal | undefined,
  onLine: (line: string) => void,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // One name for all: only one process builds, and what one that was killed left is written over.
  const temporary = `${path}.tmp`;
  try {
    const modFile =
      engine.name === "capi-dev"
        ? await patchedModFile(go, wrapper, join(dirname(path), "source"), signal)
        : undefined;
    const { code, stderr } = await run(go, buildArguments(engine, wrapper.goMod, temporary, modFile), {
      cwd: wrapper.folder,
      env: goEnvironment(),
      signal,
      onLine,
    });
    if (code !== 0) {
      throw new PaletteError("Refused", `${engine.name} was not built`, {
        engine: stderr
          .split("\n")
          .filter((line) => !isPackageName(line))
          .join("\n"),
        next: "Start again once the cause is gone; what is built is kept.",
      });
    }
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Whether a line is one of those by which `go build -v` says what it compiles, and not a complaint. */
function isPackageName(line: string): boolean {
  return /^[\w./~@+-]+$/.test(line);
}
