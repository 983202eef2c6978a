import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { profile } from "../../../src/cli/commands/profile.ts";
import { detachProfile, type ManagementCluster } from "../../../src/kube/index.ts";
import { listLayers } from "../../../src/kube/layers/list.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import { addOnText, configMapPack, textVariable } from "../../support/addOn.ts";
import { temporaryIo } from "../../unit/cli/commands/support.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { register, until } from "./support.ts";

/** Of ours, or of Node. */
const isCancel = (error: unknown): boolean =>
  isPaletteError(error, "Cancelled") || (error instanceof Error && error.name === "AbortError");

const NAMESPACE = "layers-cli";
const TEXT = addOnText({
  name: "greeting",
  packs: [
    configMapPack(
      "greeting",
      { text: "{{.spectro.var.text}} from {{.spectro.system.cluster.name}}" },
      "cli-greeting",
    ),
  ],
  variables: [textVariable("text", { defaultValue: "hello" })],
});

describe("add-on profiles on the command line", { skip: await missingEngines(), timeout: 400_000 }, () => {
  const engines = useEngines({ workload: true });
  const at = temporaryIo();
  let management: ManagementCluster;

  before(async () => {
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await writeFile(join(at.io.cwd, "greeting.profile.yaml"), TEXT);
    await engines.kubectl("create", "namespace", NAMESPACE);
    await register(management, engines, { namespace: NAMESPACE, name: "store", labels: { site: "store" } });
    await register(management, engines, {
      namespace: NAMESPACE,
      name: "museum",
      labels: { site: "museum", "palette-onboarding/import-mode": "read-only" },
    });
  });
  after(async () => {
    await engines.kubectl("delete", "profiles.config.projectsveltos.io", "--all", `-n${NAMESPACE}`);
    await engines.kubectl("delete", "namespace", NAMESPACE, "--wait=false");
    management?.close();
    at.remove();
  });

  const palette = (...args: string[]): Promise<number> => {
    at.output.length = 0;
    at.errors.length = 0;
    return profile.run(
      [...args, `--kubeconfig=${engines.status.kubeconfig}`, `--namespace=${NAMESPACE}`],
      at.io,
    );
  };
  const text = (): Promise<string> =>
    engines.workloadKubectl(
      "get",
      "configmap",
      "cli-greeting",
      "-ndefault",
      "--ignore-not-found",
      "-o",
      "jsonpath={.data.text}",
    );

  test("go on the clusters of a label, and names of the cluster are filled in", async () => {
    assert.equal(await palette("attach", "greeting.profile.yaml", "--selector", "site=store"), 0);
    assert.deepEqual(at.output, [
      "Profile greeting 1.0.0 is attached to store. palette describe store shows how far its layers are.",
    ]);
    await until(
      async () => (await text()) === "hello from store",
      async () => JSON.stringify(await listLayers(management, { namespace: NAMESPACE })),
    );
  });

  test("follow a value of the cluster", async () => {
    assert.equal(
      await palette("attach", "greeting.profile.yaml", "--cluster", "store", "--set", "text=bye"),
      0,
    );
    await until(
      async () => (await text()) === "bye from store",
      async () => JSON.stringify(await listLayers(management, { namespace: NAMESPACE })),
    );
  });

  test("do not go on a cluster that was imported read-only", async () => {
    await assert.rejects(palette("attach", "greeting.profile.yaml", "--cluster", "museum"), {
      code: "Refused",
      message: "Cluster museum was imported read-only, so no layer is put on it",
    });
  });

  test("come back where their removal was stopped", async () => {
    const stop = new AbortController();
    await assert.rejects(
      detachProfile(
        management,
        { namespace: NAMESPACE, name: "store" },
        { profile: "greeting", removeSoftware: true },
        { signal: stop.signal, onProgress: () => stop.abort() },
      ),
      isCancel,
    );
    assert.equal(
      await palette("attach", "greeting.profile.yaml", "--cluster", "store", "--set", "text=ciao"),
      0,
    );
    await until(
      async () => (await text()) === "ciao from store",
      async () => JSON.stringify(await listLayers(management, { namespace: NAMESPACE })),
    );
    assert.equal(
      await engines.kubectl(
        "get",
        "profiles.config.projectsveltos.io",
        `-n${NAMESPACE}`,
        "-lpalette-onboarding/withdraws-from",
        "-o",
        "name",
      ),
      "",
    );
  });

  test("of which one fails do not stop the others", async () => {
    const code = await palette("detach", "greeting", "--selector", "site", "--software", "remove");
    assert.equal(code, 1);
    assert.equal(await text(), "");
    assert.deepEqual(at.output, ["Profile greeting is detached from store, and its software is removed."]);
    assert.ok(at.errors.some((line) => line.startsWith("museum: Cluster museum was imported read-only")));
  });
});
