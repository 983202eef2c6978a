/** The build against a stand-in for Go, a shell script that writes what it was asked for. */
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { buildEngines } from "../../../sandbox/build/build.ts";
import { devProviderPatch, devProviderSource } from "../../../sandbox/build/devProvider.ts";
import { enginesFor } from "../../../sandbox/build/engines.ts";
import { findGo } from "../../../sandbox/build/go.ts";
import { Tracker } from "../../../sandbox/build/tracker.ts";
import { startOf } from "../../../sandbox/processes/identity.ts";
import type { Progress } from "../../../sandbox/progress.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";

let folder: string;
let path: string | undefined;

/** Puts a `go` on the PATH; `onBuild` runs in it before the program at "$out" is written. */
async function fakeGo({ version = "go1.99.0", toolchain = "local", onBuild = "" }): Promise<void> {
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(
    join(bin, "go"),
    `#!/bin/sh
case "$1 $2" in
  "env -json") echo '{"GOVERSION": "${version}", "GOTOOLCHAIN": "${toolchain}"}'; exit 0 ;;
  "mod download") echo '{"Dir": "${join(folder, "module")}"}'; exit 0 ;;
esac
for arg in "$@"; do
  if [ "$previous" = "-o" ]; then out="$arg"; fi
  previous="$arg"
done
echo "$previous" >> ${join(folder, "built")}
echo "compiling/$previous" >&2
${onBuild}
echo "#!/bin/sh" > "$out"
chmod 755 "$out"
`,
  );
  await chmod(join(bin, "go"), 0o755);
  process.env.PATH = `${bin}${delimiter}${path}`;
}

const built = async () =>
  (await readFile(join(folder, "built"), "utf8").catch(() => "")).split("\n").filter((line) => line !== "");

const build = (
  options: { workload?: boolean; signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {},
) =>
  buildEngines(
    join(folder, "engines"),
    { workload: false, ...options },
    new Tracker(options.onProgress, [{ name: "Starting", seconds: 10 }]),
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palette-build-"));
  path = process.env.PATH;
  const source = join(folder, "module", devProviderSource);
  await mkdir(join(source, ".."), { recursive: true });
  const replacements = JSON.parse(devProviderPatch) as { original: string; times: number }[];
  await writeFile(source, replacements.map(({ original, times }) => original.repeat(times)).join("\n"));
});
afterEach(async () => {
  process.env.PATH = path;
  await rm(folder, { recursive: true });
});

describe("buildEngines", () => {
  test("builds what a plane needs, once", async () => {
    await fakeGo({});
    const steps: string[] = [];
    const binaries = await build({ onProgress: ({ step }) => steps.push(step) });
    const needed = enginesFor({ workload: false });
    assert.deepEqual(
      await built(),
      needed.map(({ source }) => source),
    );
    for (const { name } of needed) {
      assert.ok((await stat(binaries[name])).mode & 0o100, name);
    }
    assert.equal(steps[0], "Building etcd (1 of 10)");
    assert.ok(steps.includes("Building sveltos (9 of 10)"));

    assert.deepEqual(await build(), binaries);
    assert.equal((await built()).length, needed.length);
    await build({ workload: true });
    assert.deepEqual((await built()).slice(needed.length), [
      "k8s.io/kubernetes/cmd/kube-scheduler",
      "sigs.k8s.io/kwok/cmd/kwok",
    ]);
  });

  test("goes on where it was interrupted", async () => {
    await fakeGo({
      onBuild: `[ "$previous" != "sigs.k8s.io/cluster-api/core" ] || { echo half > "$out"; echo "no space left" >&2; exit 1; }`,
    });
    await assert.rejects(
      build(),
      (error) =>
        isPaletteError(error, "Refused") &&
        error.message === "capi-core was not built" &&
        error.engine === "no space left",
    );
    const before = await built();
    await fakeGo({});
    await build();
    const needed = enginesFor({ workload: false }).map(({ source }) => source);
    assert.deepEqual((await built()).slice(before.length), needed.slice(before.length - 1));
  });

  test("ends what Go started when it is cancelled, and leaves no half program", async () => {
    await fakeGo({
      onBuild: `sleep 600 & echo $! > ${join(folder, "pid")}; echo half > "$out"; echo waiting >&2; wait`,
    });
    const cancel = new AbortController();
    await assert.rejects(
      build({
        signal: cancel.signal,
        onProgress: ({ detail }) => {
          if (detail === "waiting") {
            cancel.abort();
          }
        },
      }),
      (error) => isPaletteError(error, "Cancelled") && /^What is built is kept/.test(error.next ?? ""),
    );
    const pid = Number(await readFile(join(folder, "pid"), "utf8"));
    while ((await startOf(pid)) !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const files = await readdir(join(folder, "engines"), { recursive: true });
    assert.ok(
      files.every((file) => !/\/etcd|tmp$/.test(file)),
      files.join(" "),
    );
  });
});

describe("findGo", () => {
  test("names what to install where Go is too old", async () => {
    await fakeGo({ version: "go1.20.1" });
    await assert.rejects(
      findGo(),
      (error) =>
        isPaletteError(error, "Prerequisite") &&
        /^Go 1\.\d+\.\d+ or newer is needed .* is 1\.20\.1$/.test(error.message) &&
        /go\.dev\/dl/.test(error.next ?? ""),
    );
  });
  test("takes an older Go that may fetch a newer one", async () => {
    await fakeGo({ version: "go1.22.0", toolchain: "auto" });
    assert.equal(await findGo(), join(folder, "bin", "go"));
  });
});
