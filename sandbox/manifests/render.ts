import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { PaletteError } from "../../src/shared/errors.ts";
import type { KubeObject } from "../../src/shared/kubernetes.ts";
import { devProviderModule } from "../build/devProvider.ts";
import { findGo } from "../build/go.ts";
import { contentKey } from "../build/recipe.ts";
import { run } from "../build/run.ts";
import { moduleFolder, readWrapper } from "../build/wrapper.ts";
import { privateFolder, writePrivate } from "../plane/files.ts";
import { keepNeeded } from "./rewrite.ts";

/** What is applied for one component; the webhooks in it belong to the component of that name. */
export interface Manifests {
  readonly component: string;
  readonly objects: readonly KubeObject[];
}

interface Source {
  readonly component: string;
  readonly wrapper: string;
  readonly module: string;
  /** Folder in the module, and whether kustomize renders it or its files are taken as they are. */
  readonly folder: string;
  readonly kustomize: boolean;
}

const clusterApi = "sigs.k8s.io/cluster-api";

const sources: readonly Source[] = [
  source("capi-core", "capi", clusterApi, "core/config/default"),
  source("capi-kubeadm-bootstrap", "capi", clusterApi, "bootstrap/kubeadm/config/default"),
  source("capi-kubeadm-control-plane", "capi", clusterApi, "controlplane/kubeadm/config/default"),
  source("capi-dev", "capi", devProviderModule, "infrastructure/docker/config/default"),
  source("sveltos", "sveltos", "github.com/projectsveltos/libsveltos", "config/crd/bases", false),
  source("sveltos", "sveltos", "github.com/projectsveltos/addon-controller", "config/crd/bases", false),
];

const stages = source("stages", "kwok", "sigs.k8s.io/kwok", "kustomize/stage/fast");

function source(
  component: string,
  wrapper: string,
  module: string,
  folder: string,
  kustomize = true,
): Source {
  return { component, wrapper, module, folder, kustomize };
}

/** Raised when what is kept of a rendered file changes, so that older files in the cache are not read. */
const format = 1;

/**
 * The objects of the management components, from the modules they are built from, rendered once into `cache`.
 * Throws `Prerequisite`, `Unreachable` or `Refused` when they have to be rendered and that does not work.
 */
export async function managementManifests(
  cache: string,
  kubectl: string,
  signal: AbortSignal | undefined,
): Promise<Manifests[]> {
  return Promise.all(
    sources.map(async (each) => {
      const path = await cached(cache, each, "json", async () =>
        JSON.stringify(keepNeeded(objectsIn(await render(each, kubectl, signal)))),
      );
      return { component: each.component, objects: JSON.parse(await readFile(path, "utf8")) as KubeObject[] };
    }),
  );
}

/** Path of the file that tells kwok how its fake nodes and pods behave. */
export async function kwokStages(
  cache: string,
  kubectl: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  return cached(cache, stages, "yaml", () => render(stages, kubectl, signal));
}

async function cached(
  cache: string,
  source: Source,
  extension: string,
  make: () => Promise<string>,
): Promise<string> {
  const { goMod } = await readWrapper(source.wrapper);
  const folder = join(cache, "manifests");
  const name = `${source.module} ${source.folder}`.replace(/[^a-z0-9]+/g, "-");
  const path = join(folder, `${contentKey(name, [goMod, String(format)])}.${extension}`);
  try {
    await access(path);
  } catch {
    await privateFolder(folder);
    await writePrivate(path, await make());
  }
  return path;
}

async function render(source: Source, kubectl: string, signal: AbortSignal | undefined): Promise<string> {
  const wrapper = await readWrapper(source.wrapper);
  const module = await moduleFolder(await findGo(), wrapper, source.module, signal);
  const folder = join(module, source.folder);
  if (!source.kustomize) {
    const files = (await readdir(folder)).filter((file) => file.endsWith(".yaml")).sort();
    return (await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))).join("\n---\n");
  }
  const { code, stdout, stderr } = await run(kubectl, ["kustomize", folder], { cwd: wrapper.folder, signal });
  if (code !== 0) {
    throw new PaletteError("Refused", `The manifests of ${source.component} were not rendered`, {
      engine: stderr,
    });
  }
  return stdout;
}

function objectsIn(yaml: string): KubeObject[] {
  return parseAllDocuments(yaml)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}
