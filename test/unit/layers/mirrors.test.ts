import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ChartMirrors, mirrored } from "../../../src/layers/mirrors.ts";

const KYVERNO = "https://kyverno.github.io/kyverno/";

describe("charts come from the mirror of their repository", () => {
  const cases: readonly (readonly [title: string, from: string, ChartMirrors, to: string])[] = [
    ["none is named", KYVERNO, {}, KYVERNO],
    ["another is named", KYVERNO, { "https://charts.example.com": "https://mirror" }, KYVERNO],
    ["its own", KYVERNO, { [KYVERNO]: "https://mirror/k/" }, "https://mirror/k"],
    [
      "slashes do not matter",
      "https://kyverno.github.io/kyverno",
      { [KYVERNO]: "https://mirror" },
      "https://mirror",
    ],
    [
      "what follows a beginning is kept",
      KYVERNO,
      { "https://kyverno.github.io": "https://mirror/helm/" },
      "https://mirror/helm/kyverno",
    ],
    [
      "a scheme is a beginning too",
      KYVERNO,
      { "https://": "https://mirror/helm" },
      "https://mirror/helm/kyverno.github.io/kyverno",
    ],
    ["a part of a name is none", KYVERNO, { "https://kyverno.github": "https://mirror" }, KYVERNO],
    [
      "the longest beginning counts",
      KYVERNO,
      {
        "https://": "https://a",
        [KYVERNO]: "https://c",
        "https://kyverno.github.io": "https://b",
        "*": "https://d",
      },
      "https://c",
    ],
    [
      "one may hold all",
      KYVERNO,
      { "*": "oci://registry.example.com/charts" },
      "oci://registry.example.com/charts",
    ],
    [
      "registries have them too",
      "oci://docker.io/envoyproxy",
      { "oci://docker.io": "oci://registry.example.com/docker" },
      "oci://registry.example.com/docker/envoyproxy",
    ],
  ];
  for (const [title, from, mirrors, to] of cases) {
    it(title, () => assert.equal(mirrored(from, mirrors), to));
  }
});
