/**
 * `npm run build [-- --dev] [-- --watch]`: bundles the product into dist/ and reports the sizes.
 * Minified and held to its size limits, unless `--dev` (source maps) or `--watch` (`--dev`, again on each change).
 */
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build, context, type Metafile } from "esbuild";
import {
  bundleOptions,
  bundlePath,
  bundles,
  missingEntries,
  packagesOf,
  pageOptions,
  pages,
  root,
} from "./bundles.ts";
import { thirdPartyNotices } from "./notices.ts";

const dist = resolve(root, "dist");
const entryPoints = Object.fromEntries(bundles.map(({ name, entry }) => [name, entry]));

/**
 * Builds dist/ once. `sizes` prints them and holds them to their limits: a matter for those who change the code, not
 * for those who start it. Throws when an entry is missing, the code does not bundle, or a limit is exceeded.
 */
export async function buildProduct({ dev = false, sizes = false } = {}): Promise<void> {
  const missing = missingEntries();
  if (missing.length > 0) {
    throw new Error(`These entry points do not exist: ${missing.join(", ")}.`);
  }
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const [{ metafile }, { metafile: pageFile }] = await Promise.all([
    build(bundleOptions(entryPoints, "dist", dev)),
    build(pageOptions("dist/webview", dev)),
  ]);
  if (metafile === undefined || pageFile === undefined) {
    throw new Error("esbuild gave no metafile.");
  }
  const packages = new Set([...packagesOf(metafile), ...packagesOf(pageFile)]);
  await writeFile(resolve(dist, "THIRD_PARTY_NOTICES.txt"), await thirdPartyNotices([...packages].sort()));
  if (sizes) {
    await checkSizes(metafile);
  }
}

/** Prints the size of each bundle and what it consists of, and compares it with its limit. */
async function checkSizes(metafile: Metafile): Promise<void> {
  const tooLarge: string[] = [];
  for (const { name, limit } of bundles) {
    const { size } = await stat(bundlePath(name));
    console.log(
      `${`dist/${name}.cjs`.padEnd(24)}${kilobytes(size).padStart(9)} of ${kilobytes(limit).padStart(8)}   ${largest(metafile, name)}`,
    );
    if (size > limit) {
      tooLarge.push(`dist/${name}.cjs has ${kilobytes(size)}, its limit is ${kilobytes(limit)}`);
    }
  }
  for (const { name, limit } of pages) {
    const sizes = ["js", "css"].map((kind) => stat(resolve(dist, "webview", `${name}.${kind}`)));
    const size = (await Promise.all(sizes)).reduce((sum, each) => sum + each.size, 0);
    console.log(
      `${`dist/webview/${name}`.padEnd(24)}${kilobytes(size).padStart(9)} of ${kilobytes(limit).padStart(8)}   script and style`,
    );
    if (size > limit) {
      tooLarge.push(`dist/webview/${name} has ${kilobytes(size)}, its limit is ${kilobytes(limit)}`);
    }
  }
  if (tooLarge.length > 0) {
    throw new Error(
      `${tooLarge.join("; ")}. Load the new code lazily, or argue for a new limit in scripts/bundles.ts.`,
    );
  }
}

/** The three largest origins of a bundle's bytes, so that a size that grew explains itself. */
function largest(metafile: Metafile, name: string): string {
  const inputs = metafile.outputs[`dist/${name}.cjs`]?.inputs ?? {};
  const byOrigin = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const origin =
      /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? input.split("/").slice(0, 2).join("/");
    byOrigin.set(origin, (byOrigin.get(origin) ?? 0) + bytesInOutput);
  }
  return [...byOrigin]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([origin, bytes]) => `${origin} ${kilobytes(bytes)}`)
    .join(", ");
}

/** Bytes as text, in thousands. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} KB`;
}

async function watch(): Promise<void> {
  for (const options of [bundleOptions(entryPoints, "dist", true), pageOptions("dist/webview", true)]) {
    const watched = await context({ ...options, logLevel: "info" });
    await watched.watch();
  }
}

if (import.meta.main) {
  const flags = new Set(process.argv.slice(2));
  try {
    if (flags.has("--watch")) {
      await watch();
    } else {
      const dev = flags.has("--dev");
      await buildProduct({ dev, sizes: !dev });
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
