import type { KubeObject } from "../shared/kubernetes.ts";
import { isTrue } from "./conditions.ts";

const CONTROL_PLANE_LABEL = "cluster.x-k8s.io/control-plane";

/** What belongs to one cluster. */
export interface ClusterParts {
  readonly cluster: KubeObject;
  readonly controlPlane: KubeObject | undefined;
  /** MachineDeployments. */
  readonly deployments: readonly KubeObject[];
  readonly machinePools: readonly KubeObject[];
  readonly machines: readonly KubeObject[];
  /** The provider's own objects and whatever else is known of the cluster; empty where only a fleet is followed. */
  readonly others: readonly KubeObject[];
}

/** Puts the objects of one cluster where they belong. */
export function partsOf(cluster: KubeObject, owned: readonly KubeObject[]): ClusterParts {
  const { controlPlaneRef } = (cluster.spec ?? {}) as {
    readonly controlPlaneRef?: { readonly kind?: string; readonly name?: string };
  };
  const deployments: KubeObject[] = [];
  const machinePools: KubeObject[] = [];
  const machines: KubeObject[] = [];
  const others: KubeObject[] = [];
  let controlPlane: KubeObject | undefined;
  const places: Readonly<Record<string, KubeObject[]>> = {
    MachineDeployment: deployments,
    MachinePool: machinePools,
    Machine: machines,
  };
  for (const object of owned) {
    if (object.kind === controlPlaneRef?.kind && object.metadata.name === controlPlaneRef?.name) {
      controlPlane = object;
    } else {
      (places[object.kind] ?? others).push(object);
    }
  }
  return { cluster, controlPlane, deployments, machinePools, machines, others };
}

export function isControlPlaneMachine({ metadata }: KubeObject): boolean {
  return metadata.labels?.[CONTROL_PLANE_LABEL] !== undefined;
}

/** Whether a machine became a node, ready or not. */
export function hasNode(machine: KubeObject): boolean {
  const { nodeRef } = (machine.status ?? {}) as { readonly nodeRef?: { readonly name?: string } };
  return nodeRef?.name !== undefined || isTrue(machine, "NodeReady");
}

/** The provider's object for the whole cluster, where it is known. */
export function infrastructureOf({ cluster, others }: ClusterParts): KubeObject | undefined {
  const { infrastructureRef } = (cluster.spec ?? {}) as {
    readonly infrastructureRef?: { readonly kind?: string; readonly name?: string };
  };
  return others.find(
    ({ kind, metadata }) => kind === infrastructureRef?.kind && metadata.name === infrastructureRef?.name,
  );
}

/** The Machine that an object is about: itself, or the one that it is behind of or owned by. */
export function machineOf(object: KubeObject, machines: readonly KubeObject[]): KubeObject | undefined {
  if (object.kind === "Machine") {
    return object;
  }
  const names = new Set([
    object.metadata.name,
    ...(object.metadata.ownerReferences ?? []).map(({ name }) => name),
  ]);
  return machines.find((machine) => {
    const spec = (machine.spec ?? {}) as {
      readonly infrastructureRef?: { readonly name?: string };
      readonly bootstrap?: { readonly configRef?: { readonly name?: string } };
    };
    const refs = [machine.metadata.name, spec.infrastructureRef?.name, spec.bootstrap?.configRef?.name];
    return refs.some((name) => name !== undefined && names.has(name));
  });
}
