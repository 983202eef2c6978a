import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudProblem } from "../../../../src/cluster/clouds/cloud.ts";
import { cloudOf, imageOf, parseRequest, renderCluster, requestOf } from "../../../../src/cluster/index.ts";
import type { CloudConfig, ClusterRequest, MachinePool } from "../../../../src/cluster/model.ts";
import type { Layer, LayerKind, Profile } from "../../../../src/profile/model.ts";
import type { KubeObject } from "../../../../src/shared/kubernetes.ts";
import { profileIn } from "../support.ts";

const ROOT = join(import.meta.dirname, "../../../../src/cluster/clouds");

/** What a test changes of an example of a cloud. */
export interface Changes {
  readonly request?: Partial<ClusterRequest>;
  /** Over the fields of the cluster; undefined takes one away. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Over each pool, by its place. */
  readonly pools?: readonly Partial<MachinePool>[];
  /** Over the fields of each pool, by its place. */
  readonly poolConfigs?: readonly Readonly<Record<string, unknown>>[];
  readonly layers?: Readonly<Partial<Record<LayerKind, Partial<Layer>>>>;
}

/** An example with changes: its request and profile. */
export function example(
  cloud: string,
  name: string,
  changes: Changes,
): { request: ClusterRequest; profile: Profile } {
  const folder = join(ROOT, cloud, "examples");
  const request = requestOf(parseRequest(readFileSync(join(folder, `${name}.cluster.yaml`), "utf8")));
  if (request === undefined) {
    throw new Error(`The ${name} example of ${cloud} has errors`);
  }
  const profile = profileIn(readFileSync(join(folder, `${name}.profile.yaml`), "utf8"));
  return {
    request: {
      ...request,
      ...changes.request,
      cloudConfig: over(request.cloudConfig, changes.config),
      machinePools: (changes.request?.machinePools ?? request.machinePools).map((pool, i) => ({
        ...pool,
        ...changes.pools?.[i],
        cloudConfig: over(pool.cloudConfig, changes.poolConfigs?.[i]),
      })),
    },
    profile: {
      ...profile,
      layers: profile.layers.map((layer) => ({ ...layer, ...changes.layers?.[layer.layer] })),
    },
  };
}

function over(config: CloudConfig, changes: Readonly<Record<string, unknown>> = {}): CloudConfig {
  const entries = Object.entries({ ...config, ...changes });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as CloudConfig;
}

/** What the cloud's own check says, each problem as its path, and `warning` where it is one. */
export function problemsOf(cloud: string, name: string, changes: Changes = {}): string[] {
  const problems: readonly CloudProblem[] =
    cloudOf(cloud)?.check?.(example(cloud, name, changes).request) ?? [];
  return problems.map(
    ({ path, severity }) => `${path.join(".")}${severity === "warning" ? " (warning)" : ""}`,
  );
}

/** The objects of one kind. */
export function objectsOf(cloud: string, name: string, kind: string, changes: Changes = {}): KubeObject[] {
  const { request, profile } = example(cloud, name, changes);
  return renderCluster(request, profile, "").filter((object) => object.kind === kind);
}

/** A value inside the first object of a kind, by its path from the object. */
export function valueIn(
  cloud: string,
  name: string,
  path: readonly (string | number)[],
  changes: Changes = {},
): unknown {
  const [kind = "", ...rest] = path;
  let value: unknown = objectsOf(cloud, name, `${kind}`, changes)[0];
  for (const step of rest) {
    value = (value as Record<string | number, unknown> | undefined)?.[step];
  }
  return value;
}

/** How the image is found, in words. */
export function imageText(cloud: string, name: string, changes: Changes = {}): string | undefined {
  const { request, profile } = example(cloud, name, changes);
  return imageOf(request, profile)?.text;
}
