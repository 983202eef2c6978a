import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { findGo } from "../../sandbox/build/go.ts";

const run = promisify(execFile);

/** A Go module that carries its upstream Helm chart (sandbox.md, Real charts). */
interface ChartModule {
  readonly module: string;
  readonly folder: string;
  readonly version: string;
  /** Templates that would have the API server call pods, and pods only look as if they ran here (kwok). */
  readonly leftOut?: string;
  /** A definition of the module that upstream's chart has from a dependency which the module does not carry. */
  readonly definition?: string;
}

/** Charts as their authors publish them, by name. */
export const CHARTS = {
  cilium: {
    module: "github.com/cilium/cilium@v1.20.1",
    folder: "install/kubernetes/cilium",
    version: "1.20.1",
  },
  flannel: {
    module: "github.com/flannel-io/flannel@v0.28.9",
    folder: "chart/kube-flannel",
    version: "0.28.9",
  },
  metallb: {
    module: "go.universe.tf/metallb@v0.16.1",
    folder: "charts/metallb",
    version: "0.16.1",
    leftOut: "templates/webhooks.yaml",
  },
  kyverno: {
    module: "github.com/kyverno/kyverno@v1.19.0",
    folder: "charts/kyverno",
    version: "3.9.0",
    definition: "config/crds/policies.kyverno.io/policies.kyverno.io_validatingpolicies.yaml",
  },
  "external-dns": {
    module: "sigs.k8s.io/external-dns@v0.21.0",
    folder: "charts/external-dns",
    version: "1.21.1",
  },
  "rook-ceph": {
    module: "github.com/rook/rook@v1.20.6",
    folder: "deploy/charts/rook-ceph",
    version: "1.20.6",
  },
  vcluster: { module: "github.com/loft-sh/vcluster@v0.36.1", folder: "chart", version: "0.36.1" },
} as const satisfies Readonly<Record<string, ChartModule>>;
type ChartName = keyof typeof CHARTS;

/** A chart as the repository has it; another version than upstream's is the same chart under that number. */
export interface ServedChart {
  readonly name: ChartName;
  readonly version?: string;
}

export interface ChartRepository {
  readonly url: string;
  /** From now on it answers only who signs in so; everybody where it is left out. */
  demand(login?: { readonly username: string; readonly password: string }): void;
  close(): Promise<void>;
}

/** Serves charts out of the Go module cache as a Helm repository on 127.0.0.1. */
export async function serveCharts(charts: readonly ServedChart[]): Promise<ChartRepository> {
  const folder = await mkdtemp(join(tmpdir(), "palette-charts-"));
  const entries: Record<string, object[]> = {};
  let authorization: string | undefined;
  const server = createServer(async (request, response) => {
    if (authorization !== undefined && request.headers.authorization !== authorization) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="charts"' }).end();
      return;
    }
    try {
      response.end(await readFile(join(folder, (request.url ?? "").replace(/^\/|\.\./g, ""))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const { name, version = CHARTS[name].version } of charts) {
    const file = `${name}-${version}.tgz`;
    await pack(name, version, folder, file);
    entries[name] = [...(entries[name] ?? []), { apiVersion: "v2", name, version, urls: [`${url}/${file}`] }];
  }
  await writeFile(join(folder, "index.yaml"), stringify({ apiVersion: "v1", entries }));
  return {
    url,
    demand(login) {
      const { username, password } = login ?? {};
      authorization = login && `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Packs a chart of the module cache; a dependency that the module does not carry is left out. */
async function pack(name: ChartName, version: string, folder: string, file: string): Promise<void> {
  const { module, folder: source, leftOut, definition }: ChartModule = CHARTS[name];
  const root = await moduleFolder(module);
  const staging = await mkdtemp(join(tmpdir(), "palette-chart-"));
  const chart = join(staging, name);
  await copyWritable(join(root, source), chart);
  const path = join(chart, "Chart.yaml");
  const { dependencies = [], ...rest } = parse(await readFile(path, "utf8")) as {
    dependencies?: { name: string; repository?: string }[];
  };
  for (const { name: dependency, repository = "" } of dependencies) {
    const [, beside] = /^file:\/\/(.*)$/.exec(repository) ?? [];
    if (beside !== undefined) {
      await copyWritable(resolve(root, source, beside), join(chart, "charts", dependency));
    }
  }
  const carried = await readdir(join(chart, "charts")).catch(() => []);
  const present = dependencies.filter((each) => carried.some((entry) => entry.startsWith(each.name)));
  await writeFile(path, stringify({ ...rest, version, dependencies: present }));
  await rm(join(chart, "Chart.lock"), { force: true });
  if (leftOut !== undefined) {
    await rm(join(chart, leftOut));
  }
  if (definition !== undefined) {
    await copyWritable(join(root, definition), join(chart, "templates", basename(definition)));
  }
  await run("tar", ["-czf", join(folder, file), "-C", staging, name]);
  await rm(staging, { recursive: true, force: true });
}

/** Copies a folder of the module cache, where nothing may be written. */
async function copyWritable(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  await run("chmod", ["-R", "u+w", to]);
}

async function moduleFolder(module: string): Promise<string> {
  const { stdout } = await run(await findGo(), ["mod", "download", "-json", module], { cwd: tmpdir() });
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}
