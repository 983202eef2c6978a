// Compiles catalog/ into src/catalog/packs.json: node scripts/run.mjs scripts/catalog.ts
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { validRange } from "semver";
import { parse } from "yaml";
import type { CatalogData, KubernetesRelease, PackData } from "../src/catalog/model.ts";
import { compareVersions, minorOf } from "../src/catalog/version.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** One pack a line, so that a change of one pack is a change of one line. */
export function catalogText(data: CatalogData): string {
  const lines = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join(",\n");
  return `{"kubernetes":[\n${lines(data.kubernetes)}\n],"packs":[\n${lines(data.packs)}\n]}\n`;
}

/**
 * Reads kubernetes.yaml and every file of packs in a folder, catalog/ unless another is named.
 * @throws Error with every problem, one a line, where a file does not fit the schema or contradicts another.
 */
export function compileCatalog(folder: string = join(root, "catalog")): CatalogData {
  const kubernetes = readYaml(join(folder, "kubernetes.yaml")) as KubernetesRelease[];
  const validate = new Ajv({ allErrors: true, strict: false }).compile(
    JSON.parse(readFileSync(join(root, "schemas/pack.schema.json"), "utf8")),
  );
  const problems: string[] = [];
  const packs: PackData[] = [];
  for (const file of packFiles(folder)) {
    const pack = readYaml(join(folder, file)) as PackData;
    if (validate(pack)) {
      packs.push(withEndOfLife(pack, kubernetes));
      problems.push(...placeProblems(pack, file));
    } else {
      problems.push(...(validate.errors ?? []).map((e) => `${file}: ${e.instancePath} ${e.message ?? ""}`));
    }
  }
  problems.push(...crossProblems(packs));
  if (problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
  return { kubernetes, packs };
}

/** Paths of the packs, relative to the folder, in a fixed order. */
function packFiles(folder: string): string[] {
  return readdirSync(join(folder, "packs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join("packs", file))
    .sort();
}

function readYaml(path: string): unknown {
  return parse(readFileSync(path, "utf8"));
}

/** A Kubernetes layer lives as long as its minor release, unless its vendor says otherwise. */
function withEndOfLife(pack: PackData, releases: readonly KubernetesRelease[]): PackData {
  if (pack.layer !== "k8s") {
    return pack;
  }
  const versions = pack.versions.map((version) => {
    const endOfLife =
      version.endOfLife ?? releases.find((r) => r.minor === minorOf(version.version))?.endOfLife;
    return endOfLife === undefined ? version : { ...version, endOfLife };
  });
  return { ...pack, versions };
}

function placeProblems(pack: PackData, file: string): string[] {
  const problems: string[] = [];
  if (file !== join("packs", pack.layer, `${pack.name}.yaml`)) {
    problems.push(`${file}: the pack ${pack.name} belongs into ${pack.layer}/${pack.name}.yaml`);
  }
  pack.versions.forEach((version, i) => {
    const newer = pack.versions[i - 1];
    if (newer !== undefined && compareVersions(newer.version, version.version) <= 0) {
      problems.push(`${file}: version ${version.version} does not come after ${newer.version}, newest first`);
    }
    if (version.kubernetes !== undefined && validRange(version.kubernetes) === null) {
      problems.push(`${file}: "${version.kubernetes}" is no range of versions`);
    }
  });
  for (const yaml of [pack.values ?? "", ...(pack.presets ?? []).map((preset) => preset.add)]) {
    parse(yaml);
  }
  return problems;
}

/** Names stand for one pack only, and what a pack names exists. */
function crossProblems(packs: readonly PackData[]): string[] {
  const problems: string[] = [];
  const owners = new Map<string, string>();
  for (const pack of packs) {
    for (const name of [
      pack.name,
      ...(pack.addonTwin === undefined ? [] : [pack.addonTwin]),
      ...(pack.aliases ?? []),
    ]) {
      const owner = owners.get(name.toLowerCase());
      if (owner !== undefined) {
        problems.push(`${name} stands for both ${owner} and ${pack.name}`);
      }
      owners.set(name.toLowerCase(), pack.name);
    }
  }
  const names = new Set(packs.map((pack) => pack.name));
  for (const pack of packs) {
    const named = [...(pack.constraints ?? []).map((c) => c.pack), pack.retired?.replacement];
    for (const other of named) {
      if (other !== undefined && !names.has(other)) {
        problems.push(`${pack.name} names the pack ${other}, which does not exist`);
      }
    }
  }
  return problems;
}

if (import.meta.main) {
  const data = compileCatalog();
  writeFileSync(join(root, "src/catalog/packs.json"), catalogText(data));
  console.log(`${data.packs.length} packs`);
}
