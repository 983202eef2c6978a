import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { BuildOptions, Metafile, Plugin } from "esbuild";

/** The repository's root folder. */
export const root = resolve(import.meta.dirname, "..");

/** One file of dist/: where it starts in the source, and how large it may be once minified. */
export interface Bundle {
  readonly name: string;
  readonly entry: string;
  /** Bytes; a larger file fails the build (budgets: docs/performance.md). */
  readonly limit: number;
}

const kilobyte = 1000;

/** Every bundle that ships. A room that several others use, or that loads lazily, is a bundle of its own. */
export const bundles: readonly Bundle[] = [
  { name: "extension", entry: "src/extension.ts", limit: 100 * kilobyte },
  { name: "actions", entry: "src/app/actions.ts", limit: 250 * kilobyte },
  { name: "languageClient", entry: "src/app/language/client.ts", limit: 500 * kilobyte },
  { name: "catalog", entry: "src/catalog/index.ts", limit: 800 * kilobyte },
  { name: "profile", entry: "src/profile/index.ts", limit: 450 * kilobyte },
  // A third of a megabyte in memory that only those pay who write manifests.
  { name: "kubernetes", entry: "src/profile/kubernetes/index.ts", limit: 220 * kilobyte },
  { name: "cluster", entry: "src/cluster/index.ts", limit: 800 * kilobyte },
  // The language of requests, with every cloud: only who opens a request pays for it.
  { name: "requestLanguage", entry: "src/language/request/index.ts", limit: 800 * kilobyte },
  { name: "layers", entry: "src/layers/index.ts", limit: 180 * kilobyte },
  // The schema of vCluster's values: only those pay who have values of their own.
  { name: "virtualChart", entry: "src/virtual/chart/index.ts", limit: 130 * kilobyte },
  { name: "virtual", entry: "src/virtual/index.ts", limit: 150 * kilobyte },
  { name: "server", entry: "src/server/main.ts", limit: 700 * kilobyte },
  { name: "registries", entry: "src/registries/index.ts", limit: 250 * kilobyte },
  { name: "kube", entry: "src/kube/index.ts", limit: 1800 * kilobyte },
  { name: "sandbox", entry: "sandbox/index.ts", limit: 600 * kilobyte },
  // Run beside the local management cluster, in processes of their own.
  {
    name: "sveltosClusterManager",
    entry: "sandbox/standins/sveltosClusterManager.ts",
    limit: 150 * kilobyte,
  },
  { name: "virtualClusters", entry: "sandbox/standins/virtualClusters.ts", limit: 450 * kilobyte },
  { name: "cli", entry: "src/cli/main.ts", limit: 600 * kilobyte },
];

/** One page of a panel, below dist/webview: a script and a style sheet. */
export interface Page {
  readonly name: string;
  readonly script: string;
  readonly style: string;
  /** Bytes of both together. The font of the icons comes on top, once for all pages. */
  readonly limit: number;
}

/** Every page that ships. */
export const pages: readonly Page[] = [
  {
    name: "profileStack",
    script: "src/webview/profileStack/main.ts",
    style: "src/webview/profileStack/profileStack.css",
    limit: 60 * kilobyte,
  },
  {
    name: "createCluster",
    script: "src/webview/createCluster/main.ts",
    style: "src/webview/createCluster/createCluster.css",
    limit: 100 * kilobyte,
  },
  {
    name: "importCluster",
    script: "src/webview/importCluster/main.ts",
    style: "src/webview/importCluster/importCluster.css",
    limit: 80 * kilobyte,
  },
  {
    name: "clusterProgress",
    script: "src/webview/clusterProgress/main.ts",
    style: "src/webview/clusterProgress/clusterProgress.css",
    limit: 80 * kilobyte,
  },
];

/** The whole package as VS Code installs it, in bytes. */
export const packageLimit = 2500 * kilobyte;

/**
 * Turns an import of a room that is a bundle of its own (`…/kube/index.ts`) into a require of that bundle: at once for
 * an `import` statement, at the moment the code runs for `import()`. So each room exists once on disk, and a lazy one
 * is read when it is first used. Inside a room its own index stays what it is.
 */
function roomsApart(): Plugin {
  const rooms = new Map(bundles.map((bundle) => [resolve(root, bundle.entry), bundle.name]));
  return {
    name: "rooms-apart",
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, (args) => {
        const path = resolve(args.resolveDir, args.path);
        const name = rooms.get(path);
        const inside = args.kind !== "dynamic-import" && args.importer.startsWith(`${dirname(path)}/`);
        if (name === undefined || inside || args.kind === "entry-point") {
          return null;
        }
        return { path: `./${name}.cjs`, external: true };
      });
    },
  };
}

/** Writes JSON as text that is parsed when it loads: as code, a table of this size takes twice the time and memory. */
function dataAsText(): Plugin {
  return {
    name: "data-as-text",
    setup(build) {
      build.onLoad({ filter: /\/src\/.*\.json$/ }, async ({ path }) => {
        const text = JSON.stringify(JSON.parse(await readFile(path, "utf8")));
        return { contents: `module.exports = JSON.parse(${JSON.stringify(text)});`, loader: "js" };
      });
    },
  };
}

/** How every program of this repository is bundled for the Node.js of VS Code's extension host. */
export function bundleOptions(
  entryPoints: Record<string, string>,
  outdir: string,
  dev: boolean,
): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints,
    outdir,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    // A dynamic import becomes a deferred require: one module loader, and no second one to start.
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "importMetaUrl", "import.meta.dirname": "__dirname" },
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    external: ["vscode"],
    mainFields: ["module", "main"],
    minify: !dev,
    sourcemap: dev ? "linked" : false,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    plugins: [roomsApart(), dataAsText()],
  };
}

/** How the pages of panels are bundled for the browser that VS Code is. */
export function pageOptions(outdir: string, dev: boolean): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: pages.flatMap(({ name, script, style }) => [
      { in: script, out: name },
      { in: style, out: name },
    ]),
    outdir,
    bundle: true,
    platform: "browser",
    format: "iife",
    // The Chromium of the oldest VS Code that package.json allows.
    target: "chrome138",
    loader: { ".ttf": "file" },
    assetNames: "[name]",
    minify: !dev,
    sourcemap: dev ? "linked" : false,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  };
}

/** The npm packages whose code is in the output of a build, by folder name below node_modules. */
export function packagesOf(metafile: Metafile): string[] {
  const names = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const match = /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match?.[1] !== undefined && bytesInOutput > 0) {
        names.add(match[1]);
      }
    }
  }
  return [...names].sort();
}

/** Entries that do not exist, as a list to show; empty when the product is whole. */
export function missingEntries(): string[] {
  const entries = [
    ...bundles.map(({ entry }) => entry),
    ...pages.flatMap(({ script, style }) => [script, style]),
  ];
  return entries.filter((entry) => !existsSync(resolve(root, entry)));
}

/** Where a bundle is written. */
export function bundlePath(name: string): string {
  return resolve(dirname(import.meta.dirname), "dist", `${name}.cjs`);
}
