/** The page of a cluster in Chromium, in every theme and state, with VS Code's content policy. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ClusterProgress, ProgressToView } from "../../src/shared/clusterProgress.ts";
import { progressOf } from "../../src/status/index.ts";
import { DETAILS } from "../unit/status/examples.ts";
import { documentedPicture } from "../workbench/pictures.ts";
import { THEMES, usePanel } from "./support/panelPage.ts";

const show = (progress: ClusterProgress): ProgressToView => ({ type: "show", progress, keep: null });

function pageOf(state: string): ClusterProgress {
  const detail = DETAILS[state];
  assert.ok(detail !== undefined, state);
  return progressOf(detail);
}

const states: readonly (readonly [name: string, message: ProgressToView])[] = [
  ...Object.entries(DETAILS).map(([name, detail]) => [name, show(progressOf(detail))] as const),
  [
    "loading",
    {
      type: "empty",
      empty: { title: "Reading prod", text: "Waiting for mgmt-eu for 3 s.", actions: ["showLog"] },
      keep: null,
    },
  ],
  [
    "gone",
    {
      type: "empty",
      empty: {
        title: "prod is gone",
        text: "There is no cluster prod in team on mgmt-eu.",
        actions: ["close"],
      },
      keep: null,
    },
  ],
];

describe("the page of a cluster", () => {
  const pages = usePanel("clusterProgress");

  for (const theme of THEMES) {
    for (const width of [320, 1100]) {
      it(`is readable for everybody in ${theme} at ${width} px, in every state`, async () => {
        const panel = await pages.open(theme, width);
        for (const [name, message] of states) {
          await panel.say(message);
          for (const summary of await panel.page.locator("details:not([open]) > summary").all()) {
            await summary.click();
          }
          await panel.assertReadable(`cluster-${name}-${theme}-${width}`);
        }
        assert.deepEqual(panel.refused, []);
        await panel.page.close();
      });
    }
  }

  it("says what stops the cluster, what to do, and in whose words", async () => {
    const panel = await pages.open("dark", 1100);
    await panel.say(show(pageOf("blocked")));
    const { page } = panel;
    await page
      .getByRole("heading", { name: "AWS does not start 2 worker machines: the vCPU limit of 32 is reached" })
      .waitFor();
    await page
      .getByText(/^For 6 min 4\d s\. Tried 9 times\. Creation goes on by itself once this is solved\.$/)
      .waitFor();
    // The picture of docs/clusters.md.
    await page.setViewportSize({ width: 1100, height: 760 });
    await page.screenshot({ path: documentedPicture("cluster-blocked") });
    await page.getByText("Message of the AWS provider, on AWSMachine workers-1").click();
    await page.getByRole("button", { name: "Copy Message" }).click();
    await page.getByRole("button", { name: "Open AWSMachine" }).click();
    await page.getByRole("button", { name: "Open Service Quotas" }).click();
    await page.getByRole("button", { name: "workers-2" }).click();
    assert.deepEqual((await panel.sent()).slice(1), [
      { type: "act", action: "copyMessage" },
      { type: "act", action: "openSource" },
      { type: "link", index: 0 },
      { type: "machine", name: "workers-2" },
    ]);
    await page.close();
  });

  it("has seven steps, one of them current, in words as well as icons", async () => {
    const panel = await pages.open("dark", 1100);
    await panel.say(show(pageOf("blocked")));
    assert.deepEqual(await panel.page.locator(".timeline > li strong").allTextContents(), [
      "Infrastructure",
      "Control plane initialized",
      "Network",
      "Control plane available",
      "Workers",
      "Add-ons",
      "Healthy",
    ]);
    const current = panel.page.locator(".timeline > [aria-current=step]");
    assert.equal(await current.count(), 1);
    assert.match((await current.textContent()) ?? "", /Workers.*Blocked\. 0 of 2 machines ready/s);
    assert.match(
      (await panel.page.locator(".timeline > li").first().textContent()) ?? "",
      /4 min 10 s.*Done\./s,
    );
    await panel.page.close();
  });

  it("keeps what is unfolded and what has the focus while the cluster changes", async () => {
    const panel = await pages.open("dark", 1100);
    await panel.say(show(pageOf("blocked")));
    await panel.page.getByText("Message of the AWS provider").click();
    const copy = panel.page.getByRole("button", { name: "Copy Message" });
    await copy.focus();
    const next = pageOf("blocked");
    await panel.say(show({ ...next, facts: [...next.facts, "Another fact"] }));
    await panel.page.getByText("Another fact").waitFor();
    assert.equal(await panel.page.evaluate("document.activeElement.textContent"), "Copy Message");
    assert.ok(await copy.isVisible());
    await panel.page.close();
  });

  it("shows warnings only, and every event or layer where asked to", async () => {
    const panel = await pages.open("dark", 1100);
    const page = pageOf("blocked");
    const event = (index: number) => ({
      time: "2026-11-24T10:10:00Z",
      isWarning: index === 0,
      text: `Event ${index}`,
      object: "Machine a",
    });
    await panel.say(show({ ...page, events: Array.from({ length: 12 }, (_, index) => event(index)) }));
    const rows = panel.page.locator("table:last-of-type", { hasText: "Event 0" }).locator("tbody tr");
    assert.equal(await rows.count(), 8);
    await panel.page.getByRole("button", { name: "Show 4 More Events" }).click();
    assert.equal(await rows.count(), 12);
    await panel.page.getByLabel("Warnings only").check();
    assert.equal(await rows.count(), 1);
    await panel.page.getByRole("button", { name: "Show 2 More Layers" }).click();
    await panel.page.getByText("Open Policy Agent").waitFor();
    await panel.page.close();
  });

  it("keeps changing actions within reach while there is no connection, with the reason, and does not do them", async () => {
    const panel = await pages.open("dark", 1100);
    await panel.say(show(pageOf("stale")));
    const remove = panel.page.getByRole("button", { name: "Delete Cluster" });
    assert.equal(await remove.getAttribute("aria-disabled"), "true");
    const reason = panel.page.locator(`#${await remove.getAttribute("aria-describedby")}`);
    assert.match((await reason.textContent()) ?? "", /^No connection to mgmt-eu since/);
    await remove.focus();
    await panel.page.keyboard.press("Enter");
    await panel.page.getByRole("button", { name: "Copy Diagnostics" }).click();
    await panel.page.getByRole("button", { name: "Retry Now" }).click();
    assert.deepEqual((await panel.sent()).slice(1), [
      { type: "act", action: "copyDiagnostics" },
      { type: "act", action: "retry" },
    ]);
    await panel.page.close();
  });

  it("draws messages as text, whatever is in them", async () => {
    const panel = await pages.open("dark");
    const bad = '<img src=x onerror="globalThis.hit = 1">';
    const page = pageOf("blocked");
    assert.ok(page.notice !== null);
    await panel.say(show({ ...page, name: bad, notice: { ...page.notice, headline: bad } }));
    assert.equal(await panel.page.getByRole("heading", { level: 1 }).textContent(), bad);
    assert.equal(await panel.page.locator("img").count(), 0);
    await panel.page.close();
  });

  it("speaks of another headline, once in five seconds, and not of another request ID", async () => {
    const panel = await pages.open("dark");
    await panel.page.clock.install();
    const spoken = () => panel.page.getByRole("status").textContent();
    const page = pageOf("unknown");
    await panel.say(show(page));
    const first = await spoken();
    assert.match(first ?? "", /^prod: .*nobody ever saw/);
    await panel.page.clock.runFor(6000);
    await panel.say(show({ ...page, spoken: { ...page.spoken, text: "another request ID" } }));
    assert.equal(await spoken(), first);
    await panel.say(show(pageOf("blocked")));
    const second = await spoken();
    assert.match(second ?? "", /vCPU limit/);
    await panel.say(show(pageOf("moving")));
    await panel.say(show(pageOf("running")));
    assert.equal(await spoken(), second, "two changes within five seconds");
    await panel.page.clock.runFor(5000);
    assert.match((await spoken()) ?? "", /^prod: Available/);
    await panel.page.close();
  });

  it("lets times go on by themselves", async () => {
    const panel = await pages.open("dark", 1100);
    await panel.page.clock.install();
    // The page counts by this clock from its beginning.
    await panel.page.reload();
    await panel.say(show(pageOf("blocked")));
    const status = panel.page.locator(".meta .status");
    const before = await status.textContent();
    assert.match(before ?? "", /being created for 20 min/);
    await panel.page.clock.runFor(65_000);
    assert.match((await status.textContent()) ?? "", /being created for 21 min/);
    await panel.page.close();
  });
});
