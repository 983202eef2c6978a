import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PaletteError } from "../../src/shared/errors.ts";
import { wrappers } from "../paths.ts";
import { run } from "./run.ts";

/** A folder with the go.mod that pins an engine's versions. */
export interface Wrapper {
  readonly name: string;
  readonly folder: string;
  readonly goMod: string;
  readonly goSum: string;
}

/** Reads one wrapper of sandbox/engines. */
export async function readWrapper(name: string): Promise<Wrapper> {
  const folder = join(wrappers, name);
  const [goMod, goSum] = await Promise.all(
    ["go.mod", "go.sum"].map((file) => readFile(join(folder, file), "utf8")),
  );
  return { name, folder, goMod: goMod ?? "", goSum: goSum ?? "" };
}

/** The environment for `go` in a wrapper: what the user has, without what would change the build. */
export function goEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOWORK: "off", GO111MODULE: "on" };
}

/**
 * The folder of a module's source in the module cache, downloaded where it is not there yet.
 * Throws `Unreachable` with Go's own words when the download does not work.
 */
export async function moduleFolder(
  go: string,
  wrapper: Wrapper,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { code, stdout, stderr } = await run(go, ["mod", "download", "-json", path], {
    cwd: wrapper.folder,
    env: goEnvironment(),
    signal,
  });
  const answer = (stdout === "" ? {} : JSON.parse(stdout)) as { Dir?: string; Error?: string };
  if (code !== 0 || answer.Dir === undefined) {
    throw new PaletteError("Unreachable", `The source of ${path} was not downloaded`, {
      engine: answer.Error ?? stderr,
      next: "Check the network and GOPROXY, then start again; what is there is kept.",
    });
  }
  return answer.Dir;
}
