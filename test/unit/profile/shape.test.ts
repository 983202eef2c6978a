import { describe, it } from "node:test";
import { type Case, expectCase, full } from "./support.ts";

const cases: readonly Case[] = [
  { title: "takes a profile", text: full() },
  {
    title: "takes a misspelled key that is needed for the cause",
    text: full(["metadata:", "‹metdata›:"]).replace(/^ {10,}metdata/gm, "metadata"),
    severity: "error",
    message: /^metdata is not a field of a profile\. Did you mean metadata\?$/,
    fixed: full(),
  },
  {
    title: "reports a misspelled key that nothing needs as a warning",
    text: full(["description:", "‹desciption›:"]),
    severity: "warning",
    fixed: full(),
  },
  {
    title: "keeps what nobody knows",
    text: full(["labels: {}", "‹team›: {a: 1}"]),
    severity: "warning",
    message: /Palette ignores it/,
  },
  { title: "lets x- fields be", text: full(["labels: {}", "x-team: {a: 1}"]) },
  {
    title: "finds what is needed and not there",
    text: "‹metadata›: {name: a}\n",
    message: /^The profile has no spec\./,
  },
  {
    title: "finds what is needed below an empty key",
    text: "metadata: {name: a}\n‹spec›:\n",
    message: /^spec has no template\./,
  },
  {
    title: "finds a text in place of a list",
    text: "metadata: {name: a}\nspec: {template: {type: system, packs: ‹none›}}\n",
    severity: "error",
    message: /^packs must be a list, but is a text\./,
  },
  {
    title: "finds a map in place of values as text, and marks one line",
    text: full(["values: |\n          kubeadmconfig:\n", "values:\n          ‹kubeadmconfig:›\n"]),
    severity: "error",
    message: /with \| behind values:/,
  },
  {
    title: "finds an empty item, on the key of the list",
    text: `${full(["packs:", "‹packs›:"])}      -\n`,
    severity: "error",
    message: /^packs has an empty item/,
  },
  {
    title: "finds a slip of what Palette reads in values",
    text: full(["podCIDR", "‹podCIRD›"]),
    severity: "warning",
    fixed: full(),
  },
  {
    title: "lets keys of the pack itself be",
    text: full(["podCIDR:", "k8sHardening: true\n            podCIDR:"]),
  },
  {
    title: "finds a text in place of a boolean",
    text: full().replace("isPrivate: false", 'isPrivate: ‹"false"›'),
    message: /true or false, without quotes/,
  },
];

describe("SHAPE", () => {
  for (const each of cases) {
    it(each.title, () => expectCase("SHAPE", each));
  }
});
