import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { leftOut } from "../../../scripts/lockfile.ts";

describe("leftOut", () => {
  it("finds nothing in a whole lock file", () => {
    assert.deepEqual(
      leftOut({
        packages: {
          "": {},
          "node_modules/tool": { version: "1.0.0", optionalDependencies: { "tool-linux-x64": "1.0.0" } },
          "node_modules/tool-linux-x64": { version: "1.0.0", optional: true },
        },
      }),
      {},
    );
  });

  it("finds a package that is installed further in", () => {
    assert.deepEqual(
      leftOut({
        packages: {
          "node_modules/a/node_modules/tool": { optionalDependencies: { "tool-linux-x64": "1.0.0" } },
          "node_modules/a/node_modules/tool-linux-x64": { version: "1.0.0" },
        },
      }),
      {},
    );
  });

  it("completes what is left out, by what the name says about its platform", () => {
    const tool = {
      dev: true,
      optionalDependencies: {
        "@tool/cli-darwin-arm64": "1.2.3",
        "tool-linux-x64-musl": "1.2.3",
        "tool-win32-x64-msvc": "1.2.3",
      },
    };
    assert.deepEqual(leftOut({ packages: { "node_modules/tool": tool } }), {
      "node_modules/@tool/cli-darwin-arm64": {
        version: "1.2.3",
        cpu: ["arm64"],
        dev: true,
        optional: true,
        os: ["darwin"],
      },
      "node_modules/tool-linux-x64-musl": {
        version: "1.2.3",
        cpu: ["x64"],
        dev: true,
        libc: ["musl"],
        optional: true,
        os: ["linux"],
      },
      "node_modules/tool-win32-x64-msvc": {
        version: "1.2.3",
        cpu: ["x64"],
        dev: true,
        optional: true,
        os: ["win32"],
      },
    });
  });

  it("does not guess", () => {
    const packages = { "node_modules/tool": { optionalDependencies: { "tool-native": "1.0.0" } } };
    assert.throws(() => leftOut({ packages }), /tool-native/);
  });
});
