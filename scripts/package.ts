/** `npm run package [-- PATH]`: builds the product and packs it, as palette-onboarding-VERSION.vsix unless told otherwise. */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { buildProduct, kilobytes } from "./build.ts";
import { packageLimit, root } from "./bundles.ts";
import { node, run } from "./processes.ts";

/**
 * Packs the extension in `folder`, which is already built, into the file `path`, and gives its size.
 * Throws when vsce refuses it.
 */
export async function packExtension(folder: string, path: string): Promise<number> {
  const vsce = resolve(root, "node_modules/@vscode/vsce/vsce");
  // No repository address is known yet, so relative links in the README stay relative.
  const flags = [
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--skip-license",
  ];
  await run(node, [vsce, "package", ...flags, "--out", path], { cwd: folder });
  return (await stat(path)).size;
}

async function defaultPath(): Promise<string> {
  const manifest = await readFile(resolve(root, "package.json"), "utf8");
  const { name, version } = JSON.parse(manifest) as { name: string; version: string };
  return resolve(root, `${name}-${version}.vsix`);
}

if (import.meta.main) {
  try {
    await buildProduct({ sizes: true });
    const path = resolve(process.argv[2] ?? (await defaultPath()));
    const size = await packExtension(root, path);
    console.log(`${path}: ${kilobytes(size)} of ${kilobytes(packageLimit)}`);
    if (size > packageLimit) {
      throw new Error("The package is larger than its limit (scripts/bundles.ts).");
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
