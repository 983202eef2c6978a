import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { bundleOptions, bundlePath, bundles, root } from "../../scripts/bundles.ts";
import { testFiles } from "../../scripts/testing/files.ts";

/** Bundles test/host/*.test.ts with their runner into `folder`; gives the file that VS Code is to run. */
export async function bundleHostTests(folder: string): Promise<string> {
  const files = testFiles("host");
  const options = bundleOptions({ hostTests: "test/workbench/hostEntry.ts" }, folder, true);
  await build({
    ...options,
    plugins: [
      builtRooms(),
      ...(options.plugins ?? []),
      {
        name: "host-tests",
        setup(builder) {
          builder.onResolve({ filter: /^palette:host-tests$/ }, () => ({
            path: "tests",
            namespace: "host-tests",
          }));
          builder.onLoad({ filter: /.*/, namespace: "host-tests" }, () => ({
            resolveDir: root,
            contents: `export default {${files.map((file) => `${JSON.stringify(file)}: () => require("./${file}")`).join(",")}};`,
          }));
          // One mocha for runner and tests, and it reads its own files at run time.
          builder.onResolve({ filter: /^mocha$/ }, () => ({
            path: join(root, "node_modules/mocha"),
            external: true,
          }));
        },
      },
    ],
  });
  return join(folder, "hostTests.cjs");
}

/** Rooms with a bundle of their own are those in dist/ for the tests as well. */
function builtRooms(): Plugin {
  return {
    name: "built-rooms",
    setup(builder) {
      builder.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
        const room = bundles.find(({ entry }) => resolve(root, entry) === resolve(resolveDir, path));
        return room === undefined ? null : { path: bundlePath(room.name), external: true };
      });
    },
  };
}
