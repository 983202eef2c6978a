import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chartPage } from "../../../src/layers/index.ts";

const CASES: readonly (readonly [repository: string, page: string | undefined])[] = [
  ["https://charts.example/stable/", "https://charts.example/stable"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["https://user:word@charts.example/a?token=x", "https://charts.example/a"],
  ["oci://ghcr.io/team/charts", "https://ghcr.io/team/charts/dns"],
  ["oci://ghcr.io", "https://ghcr.io/dns"],
  ["command:workbench.action.quit", undefined],
  ["file:///etc/passwd", undefined],
  ["no address", undefined],
];

describe("the page of a chart", () => {
  for (const [repository, page] of CASES) {
    it(`of ${repository}`, () => assert.equal(chartPage(repository, "dns"), page));
  }
});
