import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { formatRequest } from "../../../src/cluster/index.ts";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import type { ClusterStatus } from "../../../src/status/model.ts";
import { OWN_CHARTS, withOwnChart } from "../../ownChart.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo, everythingOf, PROFILE_TEXT, requestFor } from "./support.ts";

/** Its own: other tests use the same management cluster. */
const NAMESPACE = "engine-cli";
const MAIN = resolve(import.meta.dirname, "../../../src/cli/main.ts");

interface Result {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

describe("palette on a management cluster", { skip: await missingEngines(), timeout: 600_000 }, () => {
  const engines = useEngines();
  let folder: string;
  let management: ManagementCluster;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "palette-engine-"));
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await management.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
    await writeFile(join(folder, "base.profile.yaml"), PROFILE_TEXT);
    await writeFile(
      join(folder, "cli.cluster.yaml"),
      formatRequest({ ...requestFor(NAMESPACE, "cli"), profiles: [{ file: "base.profile.yaml" }] }),
    );
  });
  after(async () => {
    management?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs the command line in the folder of the request; `onErrors` may end it. */
  function palette(
    args: readonly string[],
    onErrors?: (text: string, interrupt: () => void) => void,
  ): Promise<Result> {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: { ...process.env, KUBECONFIG: engines.status.kubeconfig },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    let interrupted = false;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      errors += chunk;
      onErrors?.(errors, () => {
        // A second one ends it at once.
        if (!interrupted) {
          interrupted = true;
          child.kill("SIGINT");
        }
      });
    });
    return new Promise((done) => child.on("close", (code) => done({ code, output, errors })));
  }

  it("judges without writing", async () => {
    const { code, output } = await palette(["create", "-f", "cli.cluster.yaml", "--dry-run"]);
    assert.deepEqual(
      [code, output],
      [0, `palette-sandbox would take all 8 objects of cluster cli. Nothing was written.\n`],
    );
    assert.deepEqual(await everythingOf(management, "cli"), []);
  });

  it("takes charts from registries of the user's own that --registry names", async () => {
    await writeFile(join(folder, "shop.profile.yaml"), withOwnChart(PROFILE_TEXT));
    await writeFile(
      join(folder, "shop.cluster.yaml"),
      formatRequest({
        ...requestFor(NAMESPACE, "cli-shop"),
        cloudType: "docker",
        profiles: [{ file: "shop.profile.yaml" }],
      }),
    );
    const args = ["create", "-f", "shop.cluster.yaml", "--dry-run", "--output", "json"];
    const known = await palette([...args, "--registry", `our-charts=${OWN_CHARTS}`]);
    assert.equal(known.code, 0, known.errors);
    assert.ok(known.output.includes(`"repositoryURL": "${OWN_CHARTS}"`));
    const unknown = await palette(args);
    assert.ok(!unknown.output.includes(OWN_CHARTS));
    assert.match(unknown.errors, /corner-shop is of registry our-charts, which is not known here/);
  });

  it("ends with 130 on Ctrl-C, and leaves nothing", async () => {
    const { code, errors } = await palette(["create", "-f", "cli.cluster.yaml"], (text, interrupt) => {
      if (text.includes("Writing KubeadmControlPlane")) {
        interrupt();
      }
    });
    assert.equal(code, 130, errors);
    assert.match(errors, /Cancelled\. Nothing of cluster cli is left; the published profile stays\.\n$/);
    assert.deepEqual(await everythingOf(management, "cli"), []);
  });

  it("creates, tells, and deletes", async () => {
    const created = await palette(["create", "-f", "cli.cluster.yaml", "--wait", "--output", "json"]);
    assert.equal(created.code, 0, created.errors);
    assert.equal((JSON.parse(created.output) as ClusterStatus).available, true);
    assert.match(created.errors, /^Management cluster: context palette-sandbox of /);

    const listed = await palette(["clusters", "-n", NAMESPACE, "--output", "json"]);
    assert.deepEqual(
      (JSON.parse(listed.output) as ClusterStatus[]).map(({ name }) => name),
      ["cli"],
    );
    const described = await palette(["describe", "cli"]);
    assert.match(described.output, /Kubernetes: +1\.36\.4/);
    assert.match(described.output, /control-plane \(control plane\) {2}1 of 1 ready/);

    const asked = await palette(["delete", "cli"]);
    assert.deepEqual([asked.code, asked.output], [2, ""]);
    const deleted = await palette(["delete", "cli", "--yes"]);
    assert.deepEqual([deleted.code, deleted.output], [0, "Cluster cli is gone.\n"]);
    const gone = await palette(["describe", "cli"]);
    assert.equal(gone.code, 1);
    assert.match(gone.errors, /There is no cluster cli on palette-sandbox\. palette clusters lists all\.\n$/);
  });

  it("publishes a version once", async () => {
    const args = ["profile", "publish", "base.profile.yaml", "-n", NAMESPACE];
    assert.equal((await palette(args)).code, 0);
    await writeFile(join(folder, "base.profile.yaml"), `${PROFILE_TEXT}# changed\n`);
    const refused = await palette(args);
    assert.equal(refused.code, 1);
    assert.match(refused.errors, /Raise the version of the profile\.\n$/);
  });
});
