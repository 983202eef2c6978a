/** The page of the profile stack in Chromium, in every theme and state, with VS Code's content policy. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkProfile, newProfile, parseProfile, stackOf } from "../../src/profile/index.ts";
import type { ProfileStack } from "../../src/shared/profileStack.ts";
import { THEMES, usePanel } from "./support/panelPage.ts";

const full = newProfile({ name: "aws-production", type: "cluster", cloudType: "aws" });
const addOns = `      - name: prometheus-operator
        type: spectro
        layer: addon
        tag: 88.x
        registry: {metadata: {name: Public Repo, kind: pack}}
        values: |
          pack:
            namespace: monitoring
            spectrocloud.com/install-priority: "10"
      - name: fluentbit
        type: helm
        layer: addon
        tag: 1.x
        registry: {metadata: {name: fluent, kind: helm}}
        values: |
          pack:
            spectrocloud.com/install-priority: "20"
      - name: a-very-long-name-of-a-layer-that-nobody-would-give-it-if-it-had-to-be-read-in-a-narrow-view
        type: spectro
        layer: kernel
        tag: 2026.11.24-rc.1+build.of.somebody
        registry: {metadata: {name: Public Repo, kind: pack}}
        values: ""
`;

function stack(text: string, last?: ProfileStack): ProfileStack {
  const document = parseProfile(text);
  const found = stackOf(document, checkProfile(document), { today: "2026-11-24", last });
  assert.ok(found);
  return found;
}

const valid = stack(full);
const states: Readonly<Record<string, ProfileStack | null>> = {
  empty: null,
  valid,
  problems: stack(
    full.slice(0, full.indexOf("      # Storage")).replace("name: aws-production", 'name: ""') + addOns,
  ),
  new: stack("metadata: {name: new}\nspec: {template: {type: cluster, cloudType: aws, packs: []}}\n"),
  stale: stack(full.replace("  version: 1.0.0", '  version: "1.0.0'), valid),
  unreadable: stack("metadata: {\n"),
  addon: stack(newProfile({ name: "observability", type: "add-on", cloudType: "all" })),
};

describe("the page of the profile stack", () => {
  const pages = usePanel("profileStack");

  for (const theme of THEMES) {
    it(`is readable for everybody in ${theme}, in every state`, async () => {
      const panel = await pages.open(theme);
      for (const [name, shown] of Object.entries(states)) {
        await panel.say({ type: "show", stack: shown });
        await panel.page.evaluate(`postMessage({ type: "current", index: 1 }, "*")`);
        await panel.assertReadable(`stack-${name}-${theme}`);
      }
      assert.deepEqual(panel.refused, []);
      await panel.page.close();
    });
  }

  it("says that it is ready, once, and nothing on its own afterwards", async () => {
    const panel = await pages.open("dark");
    await panel.say({ type: "show", stack: valid });
    assert.deepEqual(await panel.sent(), [{ type: "ready" }]);
    await panel.page.close();
  });

  it("draws names as text, whatever is in them", async () => {
    const panel = await pages.open("dark");
    const name = '<img src=x onerror="globalThis.hit = 1">';
    await panel.say({ type: "show", stack: { ...valid, name, facts: [name] } });
    assert.equal(await panel.page.getByRole("heading", { level: 1 }).textContent(), name);
    assert.equal(await panel.page.locator("img").count(), 0);
    await panel.page.close();
  });

  it("has the operating system last, in the text as on the screen", async () => {
    const panel = await pages.open("dark");
    await panel.say({ type: "show", stack: states.problems });
    const rows = panel.page.locator(".layer");
    const tops: number[] = [];
    for (let i = 0; i < (await rows.count()); i += 1) {
      tops.push((await rows.nth(i).boundingBox())?.y ?? Number.NaN);
    }
    assert.ok(tops.length > 5);
    assert.deepEqual(
      tops,
      [...tops].sort((a, b) => a - b),
    );
    assert.match((await rows.last().textContent()) ?? "", /operating system/);
    await panel.page.close();
  });

  it("goes to a layer by click on its tile, and by Enter on its name", async () => {
    const panel = await pages.open("dark");
    await panel.say({ type: "show", stack: valid });
    await panel.page.getByText("operating system").click();
    await panel.page.getByRole("button", { name: "Calico" }).focus();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual((await panel.sent()).slice(1), [
      { type: "openLayer", index: 0 },
      { type: "openLayer", index: 2 },
    ]);
    await panel.page.close();
  });

  it("adds a missing layer from its gap, and keeps the focus there", async () => {
    const panel = await pages.open("dark");
    await panel.say({ type: "show", stack: stack(full.slice(0, full.indexOf("      # Storage"))) });
    await panel.page.getByRole("button", { name: "Add Storage Layer" }).focus();
    await panel.page.keyboard.press("Enter");
    await panel.say({ type: "show", stack: valid });
    assert.equal(await panel.page.evaluate("document.activeElement.textContent"), "Amazon EBS CSI");
    const [, added] = await panel.sent();
    assert.deepEqual(added, { type: "fix", index: null, code: "P02", fix: "Add Storage Layer" });
    await panel.page.close();
  });

  it("moves through the layers by arrow keys, from top to bottom and over sections", async () => {
    const panel = await pages.open("dark");
    await panel.say({ type: "show", stack: stack(full + addOns) });
    const focused = () => panel.page.evaluate("document.activeElement.textContent");
    const names = await panel.page.locator(".layer button.plain").allTextContents();
    await panel.page.locator(".layer button.plain").first().focus();
    for (const name of names.slice(1)) {
      await panel.page.keyboard.press("ArrowDown");
      assert.equal(await focused(), name);
    }
    await panel.page.keyboard.press("ArrowDown");
    assert.equal(await focused(), names.at(-1), "stays on the last");
    await panel.page.keyboard.press("Home");
    assert.equal(await focused(), names[0]);
    await panel.page.close();
  });

  it("marks the layer that holds the cursor", async () => {
    const panel = await pages.open("dark");
    await panel.say({ type: "show", stack: valid });
    await panel.page.evaluate(`postMessage({ type: "current", index: 2 }, "*")`);
    await panel.page.locator(".layer[aria-current=true]", { hasText: "Calico" }).waitFor();
    assert.equal(await panel.page.locator("[aria-current]").count(), 1);
    await panel.page.close();
  });

  it("keeps the blocked button within reach, with its reason, and goes to the problem instead", async () => {
    const panel = await pages.open("dark");
    await panel.say({ type: "show", stack: states.problems });
    const create = panel.page.getByRole("button", { name: "Create Cluster" });
    assert.equal(await create.getAttribute("aria-disabled"), "true");
    const reason = panel.page.locator(`#${await create.getAttribute("aria-describedby")}`);
    assert.match((await reason.textContent()) ?? "", /Fix the errors/);
    await create.focus();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual((await panel.sent()).slice(1), [{ type: "nextProblem" }]);
    await panel.page.close();
  });

  it("speaks of a new state, and not of every key that is typed", async () => {
    const panel = await pages.open("dark");
    await panel.page.clock.install();
    const spoken = () => panel.page.getByRole("status").textContent();
    await panel.say({ type: "show", stack: valid });
    const first = await spoken();
    assert.match(first ?? "", /All four mandatory layers are set/);
    await panel.say({ type: "show", stack: states.problems });
    await panel.say({ type: "show", stack: states.new });
    assert.equal(await spoken(), first, "two changes within five seconds");
    await panel.page.clock.runFor(5000);
    assert.match((await spoken()) ?? "", /4 mandatory layers are missing/);
    await panel.page.close();
  });
});
