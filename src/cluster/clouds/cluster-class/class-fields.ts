import type { KubeObject } from "../../../shared/kubernetes.ts";
import { type CloudFields, cloudFields, type FieldSchema } from "../fields.ts";
import fields from "./fields.json" with { type: "json" };

/** The parts of a ClusterClass (cluster.x-k8s.io/v1beta2) that a form is made of. */
interface ClassSpec {
  readonly variables?: readonly {
    readonly name: string;
    readonly required?: boolean;
    readonly schema?: { readonly openAPIV3Schema?: object };
  }[];
  readonly workers?: { readonly machineDeployments?: readonly { readonly class: string }[] };
}

/** The fields of a request for one class: its variables by their own schemas, its worker classes as choices. */
export function classFields(clusterClass: KubeObject): CloudFields {
  const spec = (clusterClass.spec ?? {}) as ClassSpec;
  const { cluster, pool } = cloudFields(fields);
  const variables = spec.variables ?? [];
  const schemas = Object.fromEntries(
    variables.map(({ name, schema }) => [name, readable(name, schema?.openAPIV3Schema)]),
  );
  const required = variables
    .filter((variable) => variable.required === true && schemas[variable.name]?.default === undefined)
    .map(({ name }) => name);
  const classes = (spec.workers?.machineDeployments ?? []).map((each) => each.class);
  return {
    cluster: withProperties(
      cluster,
      {
        class: { enum: [clusterClass.metadata.name] },
        variables: {
          properties: schemas,
          additionalProperties: false,
          ...(required.length > 0 ? { required } : {}),
        },
      },
      required.length > 0 ? ["variables"] : [],
    ),
    pool: withProperties(pool, {
      class: { enum: classes },
      variables: { properties: schemas, additionalProperties: false },
    }),
  };
}

/** A schema of the class with a title, so that people read a name; Kubernetes' own schemas have none. */
function readable(name: string, schema: object = { type: "string" }): FieldSchema {
  const known = schema as FieldSchema;
  const { properties, items } = known;
  return {
    ...known,
    title: known.title ?? name,
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([field, below]) => [field, readable(field, below)]),
          ),
        }),
    ...(items === undefined ? {} : { items: readable(name, items) }),
  };
}

function withProperties(
  schema: FieldSchema,
  changes: Readonly<Record<string, Partial<FieldSchema>>>,
  required: readonly string[] = [],
): FieldSchema {
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, field]) => [name, { ...field, ...changes[name] }]),
  );
  return { ...schema, properties, required: [...(schema.required ?? []), ...required] };
}
