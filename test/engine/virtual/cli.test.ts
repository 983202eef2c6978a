import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Command } from "../../../src/cli/command.ts";
import { deleteCommand } from "../../../src/cli/commands/delete.ts";
import { detachCommand } from "../../../src/cli/commands/detach-import.ts";
import { group } from "../../../src/cli/commands/group.ts";
import { virtual } from "../../../src/cli/commands/virtual.ts";
import type { ManagementCluster } from "../../../src/kube/index.ts";
import { isPaletteError } from "../../../src/shared/errors.ts";
import { temporaryIo } from "../../unit/cli/commands/support.ts";
import { type ChartRepository, serveCharts } from "../charts.ts";
import { missingEngines, useEngines } from "../engines.ts";
import { connectTo } from "../kube/support.ts";
import { register, until } from "../layers/support.ts";

const NAMESPACE = "virtual-cli";

describe("virtual clusters on the command line", { skip: await missingEngines(), timeout: 500_000 }, () => {
  const engines = useEngines({ workload: true });
  const at = temporaryIo();
  let management: ManagementCluster;
  let charts: ChartRepository;

  before(async () => {
    charts = await serveCharts([{ name: "vcluster" }]);
    management = await connectTo(engines.status.kubeconfig, engines.status.context);
    await engines.kubectl("create", "namespace", NAMESPACE);
    await register(management, engines, {
      namespace: NAMESPACE,
      name: "store",
      labels: { site: "store", "palette-onboarding/import-mode": "full" },
    });
  });
  after(async () => {
    await engines.kubectl("delete", "namespace", NAMESPACE, "--wait=false");
    await charts?.close();
    management?.close();
    at.remove();
  });

  const palette = async (command: Command, ...args: string[]): Promise<string> => {
    at.output.length = 0;
    at.errors.length = 0;
    const code = await command.run(
      [...args, `--kubeconfig=${engines.status.kubeconfig}`, `--namespace=${NAMESPACE}`],
      at.io,
    );
    assert.equal(code, 0, at.errors.join("\n"));
    return at.output.join("\n");
  };
  const refuses = async (words: RegExp, command: Command, ...args: string[]): Promise<void> => {
    await assert.rejects(palette(command, ...args), (error) => {
      assert.ok(isPaletteError(error), String(error));
      assert.match(`${error.message}. ${error.next}`, words);
      return true;
    });
  };
  const create = (...args: string[]): string[] => [
    "create",
    "tenant",
    "--group=tests",
    `--chart-repository=${charts.url}`,
    ...args,
  ];

  test("are planned on the host that a group chooses, and judged before anything is written", async () => {
    await palette(group, "create", "tests", "--host-label=site=store", "--endpoint=NodePort", "--cpu=5");
    assert.match(await palette(group, "list"), /^tests +virtual-cli +5 +8192 MiB .* NodePort +site=store$/m);
    const plan = await palette(virtual, ...create("--dry-run"));
    assert.match(plan, /kind: SveltosCluster\n +namespace: virtual-cli\n +name: store/);
    await refuses(/6 CPU is more than cluster group tests gives/, virtual, ...create("--cpu=6"));
    await writeFile(join(at.io.cwd, "wrong.yaml"), "telemetri: { enabled: true }\n");
    await refuses(/has no value telemetri, but telemetry/, virtual, ...create("--values=wrong.yaml"));
    await refuses(/There is no cluster group nobody/, group, "delete", "nobody");
    assert.equal(await palette(virtual, "list"), "");
  });

  test("run, are paused, run again, and hold their host", async () => {
    assert.match(await palette(virtual, ...create()), /Virtual cluster tenant is running on store/);
    assert.match(
      await palette(virtual, "list"),
      /^tenant +virtual-cli +store +running +1\.\d+\.\d+ +4 +4096 MiB/m,
    );
    // The same again changes nothing; something else under that name is said.
    await palette(virtual, ...create());
    await refuses(/tenant is not created: there is a/i, virtual, ...create("--cpu=3"));
    await refuses(/live on store: tenant/, detachCommand, "store", "--unreachable");
    await refuses(/virtual cluster/, detachCommand, "tenant", "--unreachable");
    await refuses(/palette virtual delete tenant/, deleteCommand, "tenant", "--yes");
    await palette(virtual, "pause", "tenant");
    assert.match(await palette(virtual, "list"), /^tenant .* paused /m);
    const pods = ["get", "pods", "-nvcluster-tenant", "-o", "name"];
    assert.equal(await engines.workloadKubectl(...pods), "");
    await palette(virtual, "resume", "tenant");
    assert.match(await palette(virtual, "list"), /^tenant .* running /m);
  });

  test("give their kubeconfig, and leave nothing once they are deleted", async () => {
    const file = join(at.io.cwd, "tenant.kubeconfig");
    await writeFile(file, await palette(virtual, "kubeconfig", "tenant"), { mode: 0o600 });
    assert.match(
      await engines.kubectl(`--kubeconfig=${file}`, "get", "namespaces", "-o", "name"),
      /kube-system/,
    );
    assert.match(await palette(virtual, "delete", "tenant", "--yes"), /tenant is gone/);
    await palette(group, "delete", "tests");
    const left = async (): Promise<string> =>
      [
        await engines.kubectl(
          "get",
          "configmaps,secrets,profiles.config.projectsveltos.io",
          `-n${NAMESPACE}`,
          "-o",
          "name",
        ),
        await engines.workloadKubectl("get", "namespaces,clusterroles", "-o", "name"),
      ].join("\n");
    await until(async () => !/tenant|cluster-group/.test(await left()), left);
    await refuses(/There is no virtual cluster tenant/, virtual, "pause", "tenant");
  });
});
