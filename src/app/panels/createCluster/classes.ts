import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type { FieldSchema } from "../../../cluster/clouds/fields.ts";
import type { ClusterRequest } from "../../../cluster/model.ts";
import type { KubeObject } from "../../../shared/kubernetes.ts";
import type { Room } from "./model.ts";

const known = new WeakMap<KubeObject, Cloud>();

/**
 * The cloud `cluster-class` with the fields of the class that the request names, as the management cluster has it; with
 * the classes that there are as suggestions. Other clouds as they are.
 */
export function withClasses(
  cloud: Cloud | undefined,
  { cloudConfig, namespace }: ClusterRequest,
  classes: readonly KubeObject[],
  room: Room,
): Cloud | undefined {
  if (cloud?.id !== "cluster-class" || classes.length === 0) {
    return cloud;
  }
  const place = cloudConfig.classNamespace ?? namespace;
  const chosen = classes.find(
    ({ metadata }) => metadata.name === cloudConfig.class && metadata.namespace === place,
  );
  const cached = chosen && known.get(chosen);
  if (cached !== undefined) {
    return cached;
  }
  const { cluster, pool } = chosen === undefined ? cloud.fields : room.classFields(chosen);
  const field: FieldSchema = cloud.fields.cluster.properties?.class ?? { type: "string" };
  const made: Cloud = {
    ...cloud,
    fields: {
      pool,
      cluster: {
        ...cluster,
        properties: {
          ...cluster.properties,
          class: { ...field, examples: [...new Set(classes.map(({ metadata }) => metadata.name))] },
        },
      },
    },
  };
  if (chosen !== undefined) {
    known.set(chosen, made);
  }
  return made;
}
