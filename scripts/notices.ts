import { readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { root } from "./bundles.ts";

/** What is no code (scripts/kubernetes.ts). */
const DATA = `The names and descriptions of fields in kubernetes.cjs come from the API of Kubernetes (k8s.io/kubernetes, k8s.io/api).
Copyright The Kubernetes Authors, Apache License 2.0: the text is in the file LICENSE of this package.`;

/**
 * The licence texts of the npm packages whose code is in the bundles, as their licences ask for.
 * Takes package folders relative to the repository; throws when a package names no licence at all.
 */
export async function thirdPartyNotices(packages: readonly string[]): Promise<string> {
  const parts = await Promise.all(packages.map(noticeOf));
  return `${DATA}\n\nPalette Onboarding contains code of these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

async function noticeOf(folder: string): Promise<string> {
  const path = resolve(root, folder);
  const manifest = JSON.parse(await readFile(resolve(path, "package.json"), "utf8")) as Record<
    string,
    unknown
  >;
  const files = (await readdir(path)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  if (typeof manifest.license !== "string" && files.length === 0) {
    throw new Error(`${folder} names no licence; do not ship it.`);
  }
  const texts = await Promise.all(files.map((file) => readFile(resolve(path, file), "utf8")));
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${texts.join("\n").trim()}\n`;
}
