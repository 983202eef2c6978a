import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { enginesFor } from "../../../sandbox/build/engines.ts";
import { isUsable, oldestGo } from "../../../sandbox/build/go.ts";
import { buildArguments, contentKey, kubernetesVersion, linkerFlags } from "../../../sandbox/build/recipe.ts";
import { wrappers } from "../../../sandbox/paths.ts";

const goMods = new Map(
  readdirSync(wrappers).map((name) => [name, readFileSync(join(wrappers, name, "go.mod"), "utf8")]),
);

describe("the engines and their wrappers", () => {
  test("every engine is a tool of its wrapper, and every tool is built", () => {
    const built = enginesFor({ workload: true }).map(({ wrapper, source }) => `${wrapper} ${source}`);
    const tools = [...goMods].flatMap(([name, text]) => {
      const block = /^tool \(([^)]*)\)/m.exec(text)?.[1] ?? /^tool (.*)$/m.exec(text)?.[1] ?? "";
      return block
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .map((line) => `${name} ${line}`);
    });
    assert.deepEqual(built.toSorted(), tools.toSorted());
  });

  test("the second cluster adds only what it needs", () => {
    const without = enginesFor({ workload: false }).map(({ name }) => name);
    const added = enginesFor({ workload: true }).filter(({ name }) => !without.includes(name));
    assert.deepEqual(
      added.map(({ name }) => name),
      ["kube-scheduler", "kwok"],
    );
  });

  test("the oldest Go is the newest that a wrapper asks for", () => {
    const asked = [...goMods.values()].map((text) => /^go (\S+)$/m.exec(text)?.[1] ?? "");
    for (const version of asked) {
      assert.equal(isUsable(`go${oldestGo}`, "local"), true);
      assert.ok(version.localeCompare(oldestGo, undefined, { numeric: true }) <= 0, version);
    }
    assert.ok(asked.includes(oldestGo));
  });
});

describe("linkerFlags", () => {
  test("stamps Kubernetes' version into its own programs", () => {
    const flags = linkerFlags("kube", "require k8s.io/kubernetes v1.36.3 // indirect\n");
    for (const path of ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"]) {
      for (const value of ["gitVersion=v1.36.3", "gitMajor=1", "gitMinor=36", "gitTreeState=clean"]) {
        assert.ok(flags.includes(`-X ${path}.${value}`), `${path}.${value}`);
      }
    }
  });
  test("leaves the others alone", () => assert.equal(linkerFlags("etcd", ""), "-s -w"));
  test("reads the version of the real wrapper", () => {
    assert.match(kubernetesVersion(goMods.get("kube") ?? "").version, /^v1\.\d+\.\d+$/);
  });
  test("refuses a wrapper without a version", () => assert.throws(() => linkerFlags("kube", "module x")));
});

describe("buildArguments", () => {
  const [etcd] = enginesFor({ workload: false });
  test("are those of the recipe", () => {
    assert.ok(etcd);
    assert.deepEqual(buildArguments(etcd, "", "/out/etcd"), [
      "build",
      "-trimpath",
      "-buildvcs=false",
      "-ldflags",
      "-s -w",
      "-v",
      "-o",
      "/out/etcd",
      "go.etcd.io/etcd/server/v3",
    ]);
  });
  test("take another go.mod", () => {
    assert.ok(etcd);
    assert.match(buildArguments(etcd, "", "/out/etcd", "/x.mod").join(" "), / -modfile \/x\.mod /);
  });
});

describe("contentKey", () => {
  test("differs with each input, and with how inputs are cut", () => {
    const keys = [
      contentKey("a", ["x", "y"]),
      contentKey("a", ["x", "z"]),
      contentKey("a", ["xy", ""]),
      contentKey("a", ["", "xy"]),
      contentKey("b", ["x", "y"]),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
  test("is the same for the same inputs", () => {
    assert.equal(contentKey("a", ["x"]), contentKey("a", ["x"]));
  });
});

describe("isUsable", () => {
  for (const [version, toolchain, expected] of [
    ["go1.26.6", "local", true],
    ["go1.26.8", "auto", true],
    ["go1.27.0", "local", true],
    ["go2.0", "local", true],
    ["go1.26.5", "local", false],
    ["go1.26", "local", false],
    ["go1.22.1", "auto", true],
    ["go1.22.1", "path", false],
    ["go1.22.1", "go1.22.1", false],
    ["go1.20.9", "auto", false],
    ["devel go1.28-abc", "local", true],
    ["nonsense", "auto", false],
  ] as const) {
    test(`${version} with GOTOOLCHAIN=${toolchain}: ${expected}`, () => {
      assert.equal(isUsable(version, toolchain), expected);
    });
  }
});
