import type { KubeObject } from "../shared/kubernetes.ts";
import { mapOf } from "../shared/records.ts";
import type { PoolStatus } from "./model.ts";
import { POOL_LABEL } from "./pools.ts";

const BOUND = "cluster.x-k8s.io/cluster-api-autoscaler-node-group";
/** Where providers say what a machine is, each by a name of its own. */
const TYPE_FIELDS = ["instanceType", "vmSize", "flavor", "shape", "machineType", "type"];

/** What the objects of a cluster say of its machine pools beyond their status. */
export class PoolFacts {
  readonly #objects: ReadonlyMap<string, KubeObject>;

  constructor(objects: readonly KubeObject[]) {
    this.#objects = new Map(objects.map((object) => [keyOf(object.kind, object.metadata.name), object]));
  }

  /** Where a machine is; nothing where its cloud has no zones. */
  zoneOf(machine: string): string | undefined {
    return textOf(this.#specOf("Machine", machine).failureDomain);
  }

  /** What the machines of a pool are, where they are, and within which bounds it scales by itself. */
  of({ name, machines }: PoolStatus): string[] {
    const types = distinct(machines.map((machine) => this.#typeOf(machine.name)));
    const zones = distinct(machines.map((machine) => this.zoneOf(machine.name)));
    return [...types, ...(zones.length > 1 ? [`${zones.length} zones`] : zones), ...this.#boundsOf(name)];
  }

  /** The size or type of a machine, from the provider's object of it. */
  #typeOf(machine: string): string | undefined {
    const { kind, name } = mapOf(this.#specOf("Machine", machine).infrastructureRef);
    const spec = this.#specOf(String(kind), String(name));
    return TYPE_FIELDS.map((field) => textOf(spec[field])).find((each) => each !== undefined);
  }

  /** A pool has an owner of machines in each of its zones, which share its bounds. */
  #boundsOf(pool: string): string[] {
    const bounds = [...this.#objects.values()].flatMap(({ metadata: { labels, annotations } }) => {
      const [min, max] = [`${BOUND}-min-size`, `${BOUND}-max-size`].map((key) => Number(annotations?.[key]));
      return labels?.[POOL_LABEL] === pool && min !== undefined && max !== undefined && max > 0
        ? [{ min, max }]
        : [];
    });
    const sum = (of: "min" | "max") => bounds.reduce((total, each) => total + each[of], 0);
    return bounds.length === 0 ? [] : [`autoscale ${sum("min")} to ${sum("max")}`];
  }

  #specOf(kind: string, name: string) {
    return mapOf(this.#objects.get(keyOf(kind, name))?.spec);
  }
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((each) => each !== undefined))];
}
