import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { devProviderModule, devProviderSource, patchDevProvider } from "./devProvider.ts";
import { moduleFolder, type Wrapper } from "./wrapper.ts";

/**
 * Copies the Dev provider's module to `folder`, patches it there, and writes beside it a go.mod that is the
 * wrapper's own but for that one module; gives the path of this go.mod. (`go build -overlay` would be the direct
 * way, but Go refuses to overlay files of the module cache.)
 */
export async function patchedModFile(
  go: string,
  wrapper: Wrapper,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const original = await moduleFolder(go, wrapper, devProviderModule, signal);
  const copy = join(folder, "module");
  await makeWritable(copy).catch(() => undefined);
  await rm(copy, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await cp(original, copy, { recursive: true });
  await makeWritable(copy);
  const source = join(copy, devProviderSource);
  await writeFile(source, patchDevProvider(await readFile(source, "utf8")));
  const modFile = join(folder, "patched.mod");
  await writeFile(modFile, `${wrapper.goMod}\nreplace ${devProviderModule} => ${JSON.stringify(copy)}\n`);
  await writeFile(join(folder, "patched.sum"), wrapper.goSum);
  return modFile;
}

/** The module cache is read-only, and so is a copy of it, which could then be neither changed nor deleted. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  }
}
