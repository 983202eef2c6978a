import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readMirrors } from "../../../src/registries/mirrors.ts";

describe("the setting palette.chartMirrors", () => {
  it("takes addresses, beginnings of addresses and everything", () => {
    const mirrors = {
      "https://kyverno.github.io/kyverno/": "https://mirror.example.com/kyverno",
      "oci://": "oci://registry.example.com/charts",
      "https://charts.example.com": "http://127.0.0.1:8080",
      "*": "https://mirror.example.com/all",
    };
    assert.deepEqual(readMirrors(mirrors), { mirrors, problems: [] });
    assert.deepEqual(readMirrors(undefined), { mirrors: {}, problems: [] });
  });

  const good = "https://charts.example.com";
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ["a list", [], /no map of addresses/],
    ["a text", good, /no map of addresses/],
    ["a mirror of nothing", { "": good }, /mirror of nothing .*: it stands for no https/],
    ["a mirror of a name", { kyverno: good }, /mirror of kyverno .*: it stands for no https/],
    ["no address", { [good]: null }, /has no address/],
    ["no URL", { [good]: "mirror" }, /not a URL/],
    ["http to another machine", { [good]: "http://mirror.example.com" }, /not https/],
    ["another scheme", { [good]: "file:///srv/charts" }, /not https/],
    ["a password in the address", { [good]: "oci://u:p@mirror.example.com" }, /holds a password/],
  ];
  for (const [title, value, expected] of cases) {
    it(`refuses ${title}`, () => {
      const { mirrors, problems } = readMirrors(value);
      assert.deepEqual(mirrors, {});
      assert.match(problems.join("\n"), expected);
    });
  }
});
