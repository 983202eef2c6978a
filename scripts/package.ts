/** `npm run package`: builds the product and packs it as palette-onboarding-VERSION.vsix in the repository's root. */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { buildProduct, kilobytes } from "./build.ts";
import { packageLimit, root } from "./bundles.ts";

/** Packs what is in dist/ into the file `path`. Throws when the package is larger than its limit. */
export async function packProduct(path: string): Promise<number> {
  await createVSIX({
    cwd: root,
    packagePath: path,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(path);
  if (size > packageLimit) {
    throw new Error(`${path} has ${kilobytes(size)}, its limit is ${kilobytes(packageLimit)}.`);
  }
  return size;
}

if (import.meta.main) {
  try {
    await buildProduct();
    const { name, version } = JSON.parse(await readFile(resolve(root, "package.json"), "utf8")) as {
      name: string;
      version: string;
    };
    const path = resolve(root, `${name}-${version}.vsix`);
    const size = await packProduct(path);
    console.log(`${path}: ${kilobytes(size)} of ${kilobytes(packageLimit)}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
