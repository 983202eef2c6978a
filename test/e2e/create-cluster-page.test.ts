/** The page of *Create Cluster* in Chromium, in every theme and state, with VS Code's content policy. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CreateClusterForm, CreatePool, CreateToHost } from "../../src/shared/createCluster.ts";
import { FORMS } from "./support/createClusterForms.ts";
import { type PanelPage, THEMES, type Theme, usePanel } from "./support/panelPage.ts";

const KEEP = { uri: null, text: "kind: ClusterRequest\n" };
const { ready, refused, blocked, applying } = FORMS;
assert.ok(ready && refused && blocked && applying);

describe("the page of Create Cluster", () => {
  const pages = usePanel("createCluster");

  const show = (panel: PanelPage, form: CreateClusterForm) => panel.say({ type: "show", form, keep: KEEP });
  const open = async (form: CreateClusterForm, theme: Theme = "dark", width = 1200) => {
    const panel = await pages.open(theme, width);
    await show(panel, form);
    return panel;
  };
  /** What the page said, its readiness aside. */
  const said = async (panel: PanelPage) => (await panel.sent()).slice(1) as CreateToHost[];
  const focused = (panel: PanelPage) =>
    panel.page.evaluate<string>("document.activeElement.id || document.activeElement.textContent.trim()");

  for (const theme of THEMES) {
    it(`is readable for everybody in ${theme}, in every state, wide and narrow`, async () => {
      for (const width of [1200, 320]) {
        const panel = await pages.open(theme, width);
        for (const [name, form] of Object.entries(FORMS)) {
          await show(panel, { ...form, showAll: true });
          await panel.page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })",
          );
          await panel.assertReadable(`create-${name}-${theme}-${width}`);
        }
        assert.deepEqual(panel.refused, []);
        await panel.page.close();
      }
    });
  }

  it("begins at the first field to fill, or at the notice where there is one", async () => {
    const panel = await open(edit(ready, "metadata_name", ""));
    assert.equal(await focused(panel), "f-metadata_name");
    await panel.page.close();
    const stopped = await open(blocked);
    assert.equal(await focused(stopped), "notice-box");
    await stopped.page.close();
  });

  it("tells the host what was typed once typing rests, or at once when the field is left", async () => {
    const panel = await open(ready);
    await panel.stopTime();
    const name = panel.page.getByLabel("Name", { exact: true });
    await name.fill("shop");
    await panel.page.clock.runFor(200);
    assert.deepEqual(await said(panel), []);
    await panel.page.clock.runFor(200);
    assert.deepEqual(await said(panel), [
      { type: "edit", seq: 1, path: ["metadata", "name"], value: "shop" },
    ]);
    await panel.page.getByLabel("Region").fill("eu-west-1");
    await panel.page.keyboard.press("Tab");
    assert.deepEqual((await said(panel)).slice(1), [
      { type: "edit", seq: 2, path: ["spec", "cloudConfig", "region"], value: "eu-west-1" },
    ]);
    await panel.page.close();
  });

  it("leaves the text in a field alone while it is typed in, and takes the document's words afterwards", async () => {
    const panel = await open(ready);
    await panel.stopTime();
    const labels = panel.page.getByLabel("Labels").first();
    await labels.fill("env = production,");
    await panel.page.clock.runFor(300);
    assert.equal((await said(panel)).length, 1);
    await show(panel, { ...ready, seq: 1 });
    assert.equal(await labels.inputValue(), "env = production,");
    await panel.page.keyboard.press("Tab");
    await show(panel, { ...ready, seq: 1 });
    assert.equal(await labels.inputValue(), "env=production");
    await panel.page.close();
  });

  it("does not call an empty field wrong before it was touched", async () => {
    const wrong = edit(ready, "metadata_name", "", "A name is needed.");
    const panel = await open(wrong);
    assert.equal(await panel.page.getByText("A name is needed.").count(), 0);
    await panel.page.keyboard.press("Tab");
    await panel.page.getByText("A name is needed.").waitFor();
    const name = panel.page.getByLabel("Name", { exact: true });
    assert.equal(await name.getAttribute("aria-invalid"), "true");
    assert.match((await name.getAttribute("aria-describedby")) ?? "", /f-metadata_name-msg/);
    await panel.page.close();
  });

  it("goes from the summary to the field, unfolding the row that hides it", async () => {
    const panel = await open(refused);
    assert.equal(await focused(panel), "summary-box");
    await panel.page.getByRole("link", { name: "Region" }).click();
    assert.equal(await focused(panel), "f-spec_cloudConfig_region");
    await panel.page.getByRole("link", { name: "Machine pool workers, zones" }).click();
    assert.equal(await focused(panel), "f-spec_machinePools_1_cloudConfig_azs");
    await panel.page.close();
  });

  it("adds, clones and removes pools, with the focus on the new one or its follower", async () => {
    const panel = await open(ready);
    const pools = ready.pools;
    assert.ok(pools);
    const rows = (count: number) => ({
      ...ready,
      pools: { ...pools, rows: Array.from({ length: count }, (_, index) => rowAt(pools.rows[1], index)) },
    });
    await show(panel, rows(2));
    await panel.page.getByRole("button", { name: "Add Machine Pool" }).click();
    await show(panel, rows(3));
    assert.equal(await focused(panel), "f-spec_machinePools_2_poolConfig_name");
    await panel.page.getByRole("button", { name: "Clone pool-0" }).click();
    await show(panel, rows(4));
    assert.equal(await focused(panel), "f-spec_machinePools_3_poolConfig_name");
    await panel.page.getByRole("button", { name: "Remove pool-3" }).click();
    await show(panel, rows(3));
    assert.equal(await focused(panel), "f-spec_machinePools_2_poolConfig_name");
    assert.deepEqual(await said(panel), [
      { type: "add", path: ["spec", "machinePools"] },
      { type: "clone", path: ["spec", "machinePools", 0] },
      { type: "remove", path: ["spec", "machinePools", 3] },
    ]);
    await panel.page.close();
  });

  it("sends what was typed before the action that follows it", async () => {
    const panel = await open(ready);
    await panel.page.getByLabel("Name", { exact: true }).fill("shop");
    await panel.page.getByRole("button", { name: "Create Cluster" }).click();
    assert.deepEqual(await said(panel), [
      { type: "edit", seq: 1, path: ["metadata", "name"], value: "shop" },
      { type: "act", action: "create", argument: null },
    ]);
    await panel.page.close();
  });

  it("keeps the blocked button within reach, with its reason, and goes to the problem instead", async () => {
    const panel = await open(refused);
    const create = panel.page.getByRole("button", { name: "Create Cluster" });
    assert.equal(await create.getAttribute("aria-disabled"), "true");
    const reason = panel.page.locator(`#${await create.getAttribute("aria-describedby")}`);
    assert.match((await reason.textContent()) ?? "", /3 objects refused/);
    await create.focus();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await said(panel), [{ type: "act", action: "firstProblem", argument: null }]);
    await panel.page.close();
  });

  it("locks its fields while objects are written, and can be stopped", async () => {
    const panel = await open(applying);
    assert.equal(await panel.page.getByLabel("Name", { exact: true }).isDisabled(), true);
    await panel.page.getByRole("button", { name: "Stop and Undo" }).click();
    await panel.page.getByRole("button", { name: "Stop and Leave Unfinished" }).click();
    assert.deepEqual(await said(panel), [
      { type: "act", action: "stop", argument: null },
      { type: "act", action: "stop", argument: "keep" },
    ]);
    await panel.page.close();
  });

  it("turns its tabs by arrow keys", async () => {
    const panel = await open(ready);
    await panel.page.getByRole("tab", { name: "Request" }).focus();
    await panel.page.keyboard.press("ArrowRight");
    assert.equal(await focused(panel), "tab-objects");
    assert.equal(await panel.page.getByRole("tabpanel").getAttribute("id"), "panel-objects");
    await panel.page.close();
  });

  it("never shows a secret again, and keeps none", async () => {
    const panel = await open(ready);
    const secret = panel.page.getByLabel("Grafana admin password");
    await secret.fill("correct-horse");
    await panel.page.keyboard.press("Tab");
    await show(panel, { ...ready, seq: 1 });
    assert.equal(await secret.inputValue(), "");
    assert.deepEqual(await panel.page.evaluate("globalThis.kept"), KEEP);
    await panel.page.close();
  });

  it("draws names as text, whatever is in them", async () => {
    const name = '<img src=x onerror="globalThis.hit = 1">';
    const panel = await open({ ...ready, title: name, preview: { ...ready.preview, text: name } });
    assert.equal(await panel.page.getByRole("heading", { level: 1 }).textContent(), name);
    assert.equal(await panel.page.locator("img").count(), 0);
    assert.deepEqual(panel.refused, []);
    await panel.page.close();
  });
});

/** The form with another value, and perhaps a problem, in one of its fields. */
function edit(form: CreateClusterForm, id: string, value: string, problem?: string): CreateClusterForm {
  return JSON.parse(JSON.stringify(form), (_, each) =>
    each?.kind === "field" && `f-${each.path.join("_")}` === `f-${id}`
      ? {
          ...each,
          control: { ...each.control, value },
          messages: problem === undefined ? [] : [{ severity: "error", text: problem, quote: null }],
        }
      : each,
  );
}

function rowAt(row: CreatePool | undefined, index: number): CreatePool {
  const text = JSON.stringify(row)
    .replaceAll('"machinePools",1', `"machinePools",${index}`)
    .replaceAll('"workers"', `"pool-${index}"`);
  return JSON.parse(text);
}
