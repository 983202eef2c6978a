import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { catalog } from "../../../src/catalog/index.ts";
import { loginName, planLayers } from "../../../src/layers/index.ts";
import { registryOf } from "../../../src/layers/logins.ts";
import { chartLayer, profileOf } from "../../support/layers.ts";

describe("the registry whose credentials a chart is read with", () => {
  const REGISTRIES = ["https://charts.example.com/stable", "https://ghcr.io", "https://ghcr.io/example"];
  const cases: readonly (readonly [repository: string, registry: string | undefined])[] = [
    ["https://charts.example.com/stable", "https://charts.example.com/stable"],
    ["https://charts.example.com/stable/", "https://charts.example.com/stable"],
    ["https://charts.example.com/stable-too", undefined],
    ["https://charts.example.com", undefined],
    ["http://charts.example.com/stable", undefined],
    ["https://charts.example.com.evil.example/stable", undefined],
    ["oci://ghcr.io/other", "https://ghcr.io"],
    ["oci://ghcr.io/example/charts", "https://ghcr.io/example"],
  ];
  for (const [repository, registry] of cases) {
    it(`of ${repository} is ${registry ?? "none"}`, () => {
      assert.equal(registryOf(repository, REGISTRIES), registry);
    });
  }
});

describe("a chart of a private registry", () => {
  const url = "https://charts.example.com/stable";
  const plan = (logins: readonly string[], namespace = "team") =>
    planLayers(
      profileOf("tools", "1.0.0", [chartLayer("shop", "1.0.0", "")]),
      { catalog, registries: [{ name: "local", kind: "helm", url }], logins },
      { namespace, profileText: "" },
    );
  const chartOf = ({ objects }: ReturnType<typeof plan>) => {
    const spec = objects.find(({ kind }) => kind === "Profile")?.spec;
    return (spec as { helmCharts: Record<string, unknown>[] }).helmCharts[0];
  };

  it("names the Secret with its credentials", () => {
    assert.deepEqual(plan([url]).logins, [url]);
    assert.deepEqual(chartOf(plan([url]))?.registryCredentialsConfig, {
      credentials: { name: loginName(url), namespace: "team" },
    });
  });

  it("names none where there are none, or only of others", () => {
    for (const logins of [[], ["https://charts.example.com/other"]]) {
      assert.deepEqual(plan(logins).logins, []);
      assert.equal(chartOf(plan(logins))?.registryCredentialsConfig, undefined);
    }
  });

  it("is read apart from those of other namespaces, and of those who have no credentials", () => {
    const names = [plan([]), plan([url]), plan([url], "other")].map((each) => chartOf(each)?.repositoryName);
    assert.equal(new Set(names).size, 3);
  });
});

describe("the name of a Secret with credentials", () => {
  it("tells addresses apart, and can be one", () => {
    const addresses = [
      "https://charts.example.com",
      "https://charts-example.com",
      "http://charts.example.com",
      "https://charts.example.com/a-b",
      "https://charts.example.com/a/b",
      "https://charts.example.com:8443",
      `https://charts.example.com/${"long/".repeat(40)}`,
    ];
    const names = addresses.map(loginName);
    assert.equal(new Set(names).size, addresses.length);
    for (const name of names) {
      assert.match(name, /^(?=.{1,63}$)registry-[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
    }
  });
});
