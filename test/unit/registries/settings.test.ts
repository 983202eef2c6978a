import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addressProblem, isSameSite } from "../../../src/registries/address.ts";
import { readSettings } from "../../../src/registries/settings.ts";

describe("the setting palette.registries", () => {
  it("takes Helm repositories and OCI registries", () => {
    assert.deepEqual(
      readSettings([
        { name: "Our charts", kind: "helm", url: "https://charts.example.com/stable/" },
        { name: "ghcr", kind: "oci", url: "oci://ghcr.io/example/charts", charts: ["shop", "team/api"] },
      ]),
      {
        registries: [
          { name: "Our charts", kind: "helm", url: "https://charts.example.com/stable", charts: undefined },
          { name: "ghcr", kind: "oci", url: "https://ghcr.io/example/charts", charts: ["shop", "team/api"] },
        ],
        problems: [],
      },
    );
    assert.deepEqual(readSettings(undefined), { registries: [], problems: [] });
  });

  const good = { name: "a", kind: "helm", url: "https://example.com" };
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ["no list", {}, /not a list/],
    ["no entry", [null], /Registry 1 has no usable name/],
    ["a name that would break YAML", [{ ...good, name: "a: {" }], /Registry 1 has no usable name/],
    ["another kind", [{ ...good, kind: "git" }], /a is of no known kind/],
    ["no address", [{ name: "a", kind: "helm" }], /a has no address/],
    ["no URL", [{ ...good, url: "charts" }], /not a URL/],
    ["http", [{ ...good, url: "http://example.com" }], /not https/],
    ["another scheme", [{ ...good, url: "file:///etc" }], /not https/],
    ["a password in the address", [{ ...good, url: "https://u:p@example.com" }], /holds a password/],
    ["a path out of the repository", [{ ...good, charts: ["../x"] }], /charts that are no names/],
  ];
  for (const [title, value, expected] of cases) {
    it(`refuses ${title}`, () => {
      const { registries, problems } = readSettings(value);
      assert.deepEqual(registries, []);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? "", expected);
    });
  }

  it("keeps what can be used", () => {
    const { registries, problems } = readSettings([
      good,
      { ...good, url: "https://b.example" },
      { name: "c" },
    ]);
    assert.deepEqual(
      registries.map(({ url }) => url),
      ["https://example.com"],
    );
    assert.equal(problems.length, 2);
  });

  it("takes http on this machine only", () => {
    for (const url of ["http://localhost:5000", "http://127.0.0.1:5000", "http://[::1]:5000"]) {
      assert.equal(addressProblem(url), undefined, url);
    }
    for (const url of ["http://127.0.0.1.example.com", "http://localhost.example.com", "http://10.0.0.1"]) {
      assert.match(addressProblem(url) ?? "", /not https/, url);
    }
  });

  it("knows which hosts belong together", () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ["https://registry-1.docker.io", "https://auth.docker.io/token", true],
      ["https://registry.gitlab.com", "https://gitlab.com/jwt/auth", true],
      ["https://ghcr.io", "https://ghcr.io/token", true],
      ["https://ghcr.io", "https://evil.example/token", false],
      ["https://registry.example.com", "http://auth.example.com", false],
      ["https://10.0.1.1", "https://20.0.1.1", false],
      ["http://localhost:1", "https://localhost", false],
    ];
    for (const [a, b, expected] of cases) {
      assert.equal(isSameSite(new URL(a), new URL(b)), expected, `${a} ${b}`);
    }
  });
});
