import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Lines } from "../../../src/shared/lines.ts";
import { check } from "./support.ts";

/** A fault for a rule: what to change, and where it must be found. */
interface Mutation {
  readonly code: string;
  /** The first line that fits is changed; a profile without one is left out. */
  readonly line: RegExp;
  readonly to: string;
  /** The line with the problem where it is another one: the first that fits. */
  readonly found?: RegExp;
  /** Lines below the changed one, or above, where it is found. */
  readonly below?: number;
  readonly only?: RegExp;
}

const full = /type: (?:cluster|infra)\n/;
const MUTATIONS: readonly Mutation[] = [
  { code: "P01", line: /^ {4}type: .*$/m, to: "    type: everything" },
  { code: "P02", line: /^ {8}layer: csi$/m, to: "        layer: addon", found: /^ {4}packs:/m, only: full },
  {
    code: "P03",
    line: /^ {4}type: cluster$/m,
    to: "    type: infra",
    found: /^ {8}layer: addon$/m,
    only: /layer: addon/,
  },
  { code: "P04", line: /^ {4}type: cluster$/m, to: "    type: add-on", found: /^ {8}layer: os$/m },
  { code: "P05", line: /^ {4}cloudType: .*$/m, to: "    cloudType: all", only: full },
  { code: "P06", line: /^ {2}version: .*$/m, to: "  version: v1" },
  { code: "P07", line: /^ {2}name: .*$/m, to: "  name: ''" },
  { code: "P08", line: /^ {8}layer: .*$/m, to: "        layer: kernels" },
  { code: "P08", line: /^ {6}- name: .*$/m, to: "      - name:" },
  { code: "P09", line: /^ {8}tag: .*$/m, to: "        x-tag: 1", below: -4 },
  { code: "P10", line: /^ {8}tag: .*$/m, to: "        tag: 1.x" },
  { code: "P11", line: /^ {10}pack:$/m, to: "          pack: [" },
  { code: "P12", line: /^ {12}namespace: .*$/m, to: "            namespace: No_Name" },
  {
    code: "P13",
    line: /^ {12}spectrocloud\.com\/install-priority: .*$/m,
    to: "            spectrocloud.com/install-priority: soon",
  },
  { code: "P15", line: /^ {12}namespace: .*$/m, to: "            namespace: '{{.spectro.var.nowhere}}'" },
  { code: "P17", line: /^ {12}namespace: .*$/m, to: "            namespace: '{{.spectro.system.nowhere}}'" },
  {
    code: "P22",
    line: /^ {12}serviceClusterIpRange: .*$/m,
    to: '            serviceClusterIpRange: "192.168.0.0/24"',
  },
  { code: "P24", line: /^ +hostNetwork: true$/m, to: "                    hostNetwrok: true" },
  { code: "SHAPE", line: /^ {2}labels: .*$/m, to: "  labels: none" },
  { code: "YAML", line: /^ {4}cloudType: .*$/m, to: "    cloudType: [aws" },
];

const root = new URL("../../../", import.meta.url);
const profiles = globSync("{examples,catalog}/**/*.profile.yaml", { cwd: root }).map((file) => ({
  file,
  text: readFileSync(new URL(file, root), "utf8"),
}));

describe("a fault in a profile that ships", () => {
  for (const { code, line, to, found, below, only } of MUTATIONS) {
    it(`is found by ${code}, in its line: ${to.trim()}`, () => {
      let tried = 0;
      for (const { file, text } of profiles) {
        const match = line.exec(text);
        if (match === null || only?.test(text) === false) {
          continue;
        }
        tried++;
        const faulty = text.slice(0, match.index) + to + text.slice(match.index + match[0].length);
        const lines = new Lines(faulty);
        const place = found === undefined ? match.index : (found.exec(faulty)?.index ?? -1);
        const expected = lines.lineAt(place) + (below ?? 0);
        const at = check(faulty)
          .filter((diagnostic) => diagnostic.code === code)
          .map(({ span }) => lines.lineAt(span.start));
        assert.ok(
          at.includes(expected),
          `${file}: line ${expected + 1}, found in ${at.map((each) => each + 1)}`,
        );
      }
      assert.ok(tried > 0, "a profile has such a line");
    });
  }
});
