import { createHash } from "node:crypto";
import type { Engine } from "./engines.ts";

/** Version of the Kubernetes module that sandbox/engines/kube requires, split as `k8s.io/component-base/version` has it. */
export function kubernetesVersion(goMod: string): { version: string; major: string; minor: string } {
  const match = /k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\d+\S*)/.exec(goMod);
  const [, version, major, minor] = match ?? [];
  if (version === undefined || major === undefined || minor === undefined) {
    throw new Error("sandbox/engines/kube/go.mod does not require k8s.io/kubernetes at a version.");
  }
  return { version, major, minor };
}

/**
 * The linker's flags for the engines of one wrapper. Kubernetes' own programs need their version stamped in:
 * Cluster API refuses an API server that calls itself v0.0.0-master, and so do charts.
 */
export function linkerFlags(wrapper: string, goMod: string): string {
  if (wrapper !== "kube") {
    return "-s -w";
  }
  const { version, major, minor } = kubernetesVersion(goMod);
  const values = Object.entries({
    gitVersion: version,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: "clean",
  });
  const stamps = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) =>
    values.map(([name, value]) => `-X ${path}.${name}=${value}`),
  );
  return ["-s -w", ...stamps].join(" ");
}

/** Arguments of `go` that build one engine into `output`; `modFile` stands in for the wrapper's own go.mod. */
export function buildArguments(engine: Engine, goMod: string, output: string, modFile?: string): string[] {
  return [
    "build",
    "-trimpath",
    "-buildvcs=false",
    "-ldflags",
    linkerFlags(engine.wrapper, goMod),
    ...(modFile === undefined ? [] : ["-modfile", modFile]),
    "-v",
    "-o",
    output,
    engine.source,
  ];
}

/** Names the folder of what is built from these inputs: other versions, flags or patches get another folder. */
export function contentKey(wrapper: string, inputs: readonly string[]): string {
  const hash = createHash("sha256");
  for (const input of inputs) {
    hash.update(`${input.length}\n${input}`);
  }
  return `${wrapper}-${hash.digest("hex").slice(0, 12)}`;
}
