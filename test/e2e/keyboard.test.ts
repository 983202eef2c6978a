/**
 * Cloud accounts and the environment check by keyboard, on real parts: `npm start`, an account whose secret is masked
 * and reaches the management cluster only, what is missing for a cloud, and a cluster by quick pick.
 */
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import type { WorkbenchPage } from "../workbench/page.ts";
import { StartedWindow } from "./support/startedWindow.ts";
import { eventually, stepsOf } from "./support/steps.ts";

const minute = 60_000;
const TOKEN = "a".repeat(64);

describe("cloud accounts and clusters by keyboard", { concurrency: false }, () => {
  let on: StartedWindow;
  let window: WorkbenchPage;

  const step = stepsOf(() => window, "failed-accounts");

  before(async () => {
    on = await StartedWindow.connected();
    window = on.window;
  });
  after(() => on?.close());

  step("asks for an account, its secret masked, and refuses what the cloud would", async () => {
    await window.command("Palette: New Cloud Account");
    await window.choose("Cloud that the account is for", "Hetzner");
    await window.answer("Name of the account", "lab");
    await window.answer("Namespace on", "default");
    await window.question("API token");
    const input = window.page.locator(".quick-input-widget input").first();
    assert.equal(await input.getAttribute("type"), "password");
    await input.fill("too short");
    await window.page.keyboard.press("Enter");
    await window.page.getByText("API token must be 64 letters and digits.").first().waitFor();
    await window.answer("API token", TOKEN);
  });

  step(
    "shows what it writes without the secret, and writes the secret to the management cluster",
    async () => {
      await window.choose("Account lab for clusters of default", "Preview Objects");
      await window.tab("lab.preview.yaml").waitFor();
      await window.page.getByText("Secrets are masked here.").first().waitFor();
      assert.equal(await window.page.getByText(TOKEN).count(), 0);
      await window.choose("Account lab for clusters of default", "Create Cloud Account");
      await window.notification("Cloud account lab is on").waitFor({ timeout: minute });
      const secrets = JSON.parse(await on.management("get", "secrets", "-n", "default", "-o", "json")) as {
        items: { metadata: { name: string; labels: Record<string, string> }; data: Record<string, string> }[];
      };
      const [secret] = secrets.items.filter(({ metadata }) => metadata.name === "lab");
      assert.equal(secret?.metadata.labels["clusterctl.cluster.x-k8s.io/move"], "true");
      assert.ok(Object.values(secret?.data ?? {}).includes(Buffer.from(TOKEN).toString("base64")));
    },
  );

  step("deletes an account", async () => {
    await window.command("Palette: Delete Cloud Account");
    await window.choose("Cloud of the account", "Hetzner");
    await window.choose("Account to delete", "lab");
    await window.page.getByRole("button", { name: "Delete Cloud Account" }).click();
    await eventually(
      "the secret is gone",
      async () => !/\/lab\n/.test(await on.management("get", "secrets", "-n", "default", "-o", "name")),
    );
  });

  step("says what is missing for a cloud", async () => {
    await window.command("Palette: Check Environment");
    await window.choose("Which cloud to look for", /^AWS/);
    await window.question(/Clusters on AWS cannot be created from .*: Provider aws/);
    await window.picture("check-environment");
    await window.page.keyboard.press("Escape");
  });

  step("creates a cluster by questions, each with a way back", async () => {
    await window.command("Palette: Create Cluster by Quick Pick");
    await window.choose("Cluster profile", "web-platform");
    await window.answer("Name", "Not A Name");
    await window.page.locator(".quick-input-widget .codicon-error, .quick-input-message").first().waitFor();
    await window.answer("Name", "shop-1");
    await window.choose("Namespace", "default");
    await window.choose("Cloud", "In-memory");
    await window.choose("Machines of control-plane", "1");
    await window.question("Machines of workers");
    await window.page.locator(".quick-input-widget .codicon-quick-input-back").first().click();
    await window.choose("Machines of control-plane", "3");
    await window.answer("Machines of workers", "2");
    await window.choose("shop-1 in default", "workers");
    await window.choose("2 machines", "Taints");
    await window.answer("Taints", "dedicated=shop:NoSchedule");
    await window.question("2 machines");
    await window.page.locator(".quick-input-widget .codicon-quick-input-back").first().click();
    await window.choose("shop-1 in default", "Create Cluster");
    await window
      .treeItem(/shop-1/)
      .first()
      .waitFor({ timeout: minute });
    const text = await on.management(
      "get",
      "kubeadmcontrolplanes,kubeadmconfigtemplates",
      "-n",
      "default",
      "-o",
      "json",
    );
    assert.match(text, /"key": "dedicated"/);
    assert.match(text, /"replicas": 3/);
  });
});
