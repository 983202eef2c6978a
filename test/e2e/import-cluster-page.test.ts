/** The page of *Import Cluster* in Chromium, in every theme and state, with VS Code's content policy. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type {
  ImportContext,
  ImportForm,
  ImportObject,
  ImportToView,
} from "../../src/shared/importCluster.ts";
import { documentedPicture } from "../workbench/pictures.ts";
import { THEMES, usePanel } from "./support/panelPage.ts";

const context = (title: string, more: Partial<ImportContext> = {}): ImportContext => ({
  id: `/home/u/.kube/config#${title}`,
  title,
  file: "~/.kube/config",
  server: "https://4F1C.gr7.eu-west-1.eks.amazonaws.com",
  chosen: false,
  name: title,
  nameError: null,
  state: null,
  ...more,
});
const object = (kind: string, name: string, note = ""): ImportObject => ({ kind, name, note, state: null });
const pass = (text: string) => ({ tone: "pass" as const, text });

const READY: ImportForm = {
  management: "mgmt-eu",
  phase: "editing",
  several: false,
  contexts: [
    context("shop-eu", { chosen: true, state: pass("Ready") }),
    context("kind-dev"),
    context("customer-a", { file: "~/.kube/customer.yaml" }),
  ],
  broken: [],
  namespace: "team-shop",
  namespaceError: null,
  labels: "env=production",
  labelsError: null,
  address: "",
  addressError: null,
  tlsServerName: "",
  proxyUrl: "",
  mode: "read-only",
  consent: null,
  checks: [
    {
      title: "Reachable",
      here: pass("In 38 ms"),
      there: { tone: "info", text: "Public address. Proved in step 2." },
    },
    {
      title: "Certificate",
      here: pass("Of the kubeconfig's authority, valid until 2027-03-03"),
      there: pass("Same certificate"),
    },
    { title: "Version", here: pass("1.36.4, supported"), there: pass("Sveltos is there") },
    { title: "Permissions", here: pass("All 7 that read-only needs"), there: pass("May create its objects") },
    { title: "Managed already", here: pass("No"), there: pass("Not imported under another name") },
  ],
  found: {
    summary: "AWS (EKS), 6 machines, AWS VPC CNI, Amazon EBS CSI, 3 Helm releases",
    facts: [
      ["Network", "AWS VPC CNI 1.22.4"],
      ["Storage", "Amazon EBS CSI"],
      ["Helm releases", "cert-manager 1.21.1, argo-cd 10.1.1, kube-prometheus-stack 88.5.3"],
    ],
  },
  onCluster: {
    title: "On shop-eu, 4 objects",
    objects: [
      object("Namespace", "palette-system"),
      object("ServiceAccount", "palette-agent"),
      object("ClusterRole", "palette-read-only", "Reads 12 kinds beside those of view, no secrets"),
      object("ClusterRoleBinding", "palette-read-only"),
    ],
  },
  onManagement: {
    title: "On mgmt-eu, 2 objects",
    objects: [
      object(
        "Secret",
        "shop-eu-sveltos-kubeconfig",
        "Address, certificate and a 24-hour token of palette-agent",
      ),
      object("SveltosCluster", "shop-eu"),
    ],
  },
  progress: null,
  notice: null,
  canImport: true,
  primary: "Import Cluster",
  status: pass("Ready. Takes less than a minute."),
};

const withStates = (text: string): ImportForm["onCluster"]["objects"] =>
  READY.onCluster.objects.map((each) => ({ ...each, state: { tone: "discard", text } }));

const STATES: Readonly<Record<string, ImportForm>> = {
  ready: READY,
  empty: {
    ...READY,
    contexts: [],
    checks: [],
    found: null,
    onCluster: { title: "", objects: [] },
    onManagement: { title: "", objects: [] },
    canImport: false,
    status: { tone: "info", text: "Choose a context." },
  },
  consent: {
    ...READY,
    consent: {
      command: "aws eks get-token --cluster-name shop-eu --region eu-west-1",
      file: "~/.kube/config",
    },
    checks: [],
    found: null,
    canImport: false,
    status: { tone: "warning", text: "Allow the program in step 1 first." },
  },
  unreachable: {
    ...READY,
    address: "127.0.0.1",
    addressError: "An address starts with https:// and names a host, for example https://203.0.113.40:6443.",
    checks: READY.checks.map((check) =>
      check.title === "Reachable"
        ? {
            ...check,
            there: {
              tone: "error",
              text: "127.0.0.1 is this machine only. Enter an address that mgmt-eu can reach.",
            },
          }
        : check,
    ),
    canImport: false,
    status: { tone: "error", text: "127.0.0.1 is this machine only." },
  },
  importing: {
    ...READY,
    phase: "importing",
    progress: {
      done: 3,
      total: 7,
      text: "Importing shop-eu, 3 of 7 steps done. Stopping removes its objects again.",
    },
    status: { tone: "sync", text: "Creating ClusterRoleBinding palette-read-only." },
  },
  done: {
    ...READY,
    phase: "done",
    notice: {
      tone: "pass",
      title: "shop-eu is imported and healthy",
      lines: [
        "The token of shop-eu renews itself every hour, the current one is valid until tomorrow, 2:31 PM.",
      ],
    },
    status: pass("Imported, read-only."),
  },
  undone: {
    ...READY,
    onCluster: { ...READY.onCluster, objects: withStates("Removed") },
    notice: {
      tone: "error",
      title: "shop-eu was not imported",
      lines: [
        'mgmt-eu did not reach the API server of shop-eu within 60 s: "dial tcp 10.20.4.11:443: i/o timeout". Everything is undone on both sides.',
      ],
    },
  },
  several: {
    ...READY,
    several: true,
    contexts: [
      context("shop-eu", { chosen: true, state: pass("Ready") }),
      context("customer-a", {
        chosen: true,
        state: { tone: "warning", text: "Kubernetes 1.34 is end of life. Can be imported." },
      }),
      context("kind-dev", {
        chosen: true,
        nameError: "A name is needed.",
        name: "",
        state: { tone: "error", text: "127.0.0.1 is this machine only." },
      }),
      context("another"),
    ],
    broken: ["Kubeconfig ~/.kube/old.yaml cannot be used: it is not valid YAML. Choose another file."],
    checks: [],
    found: null,
    primary: "Import 2 Clusters",
    status: pass("2 of 3 ready. One that fails does not stop the others."),
  },
};

const show = (form: ImportForm): ImportToView => ({ type: "show", form });

describe("the page of Import Cluster", () => {
  const pages = usePanel("importCluster");

  for (const theme of THEMES) {
    for (const width of [320, 1100]) {
      it(`is readable for everybody in ${theme} at ${width} px, in every state`, async () => {
        const panel = await pages.open(theme, width);
        for (const [name, form] of Object.entries(STATES)) {
          await panel.say(show(form));
          for (const summary of await panel.page.locator("details:not([open]) > summary").all()) {
            await summary.click();
          }
          await panel.assertReadable(`import-${name}-${theme}-${width}`);
        }
        assert.deepEqual(panel.refused, []);
        await panel.page.close();
      });
    }
  }

  it("tells the host what the user does, by keyboard and mouse", async () => {
    const panel = await pages.open("dark", 1100);
    const { page } = panel;
    await panel.say(show(READY));
    await page.setViewportSize({ width: 1100, height: 900 });
    await page.screenshot({ path: documentedPicture("import-cluster") });
    assert.equal(await page.evaluate("document.activeElement?.id"), "ctx", "the first field has the focus");
    await page.getByLabel("Context").selectOption({ label: "kind-dev" });
    await page.getByRole("radio", { name: "Full permission" }).check();
    const labels = page.getByLabel("Labels");
    await labels.fill("team=shop");
    await labels.press("Enter");
    await page.getByRole("button", { name: "Import Cluster" }).click();
    await page.getByRole("button", { name: "Open as YAML" }).click();
    assert.deepEqual((await panel.sent()).slice(1), [
      { type: "choose", id: "/home/u/.kube/config#kind-dev", on: true },
      { type: "edit", field: "mode", value: "full" },
      { type: "edit", field: "labels", value: "team=shop" },
      { type: "act", action: "import" },
      { type: "act", action: "openYaml" },
    ]);
    await page.close();
  });

  it("leads to what is wrong where it cannot import, and goes to what failed", async () => {
    const panel = await pages.open("dark", 1100);
    const { page } = panel;
    await panel.say(show(STATES.unreachable ?? READY));
    // Playwright waits for a button that is aria-disabled; a key does not.
    await page.getByRole("button", { name: "Import Cluster" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate("document.activeElement?.id"), "iaddr");
    assert.ok((await panel.sent()).every((message) => (message as { action?: string }).action !== "import"));
    await panel.say(show(STATES.undone ?? READY));
    assert.equal(await page.evaluate("document.activeElement?.id"), "notice-box");
    await page.getByText("Everything is undone on both sides.").waitFor();
    await page.close();
  });
});
