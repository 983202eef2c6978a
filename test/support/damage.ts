import type { Cloud } from "../../src/cluster/clouds/cloud.ts";
import type { FieldSchema } from "../../src/cluster/clouds/fields.ts";
import type { Value } from "./fieldValues.ts";
import type { WrittenRequest } from "./requests.ts";

type Path = readonly (string | number)[];
/** One thing that is wrong. */
export interface Change {
  readonly what: string;
  /** The field that is wrong or missing. */
  readonly path: Path;
  /** What is written there; nothing removes the field. */
  readonly value: Value | undefined;
}

/** Everything that can be done wrong to a request, one thing at a time, by its own fields and by those of its cloud. */
export function damages(cloud: Cloud, request: WrittenRequest): Change[] {
  return [...generalChanges(request), ...cloudChanges(cloud, request)];
}

/** The request with one of them. */
export function damaged(request: WrittenRequest, { path, value }: Change): WrittenRequest {
  return changed(request as unknown as Value, path, value) as unknown as WrittenRequest;
}

function generalChanges({ spec }: WrittenRequest): Change[] {
  const pools = spec.machinePools.flatMap(({ poolConfig }, i): Change[] => {
    const at = (field: string, what: string, value: Value | undefined): Change => ({
      what,
      path: ["spec", "machinePools", i, "poolConfig", field],
      value,
    });
    const controlPlane = poolConfig.isControlPlane === true;
    const first = spec.machinePools[0]?.poolConfig.name;
    return [
      at("name", "a pool without a name", undefined),
      at("name", "no name of an object", "No Name"),
      at("name", "a name that is too long", "n".repeat(64)),
      at("size", "no number", "many"),
      at("size", "less than none", -1),
      at("size", "half a machine", 1.5),
      at("additionalLabels", "a label that is none", { "not a key": "x" }),
      at("additionalLabels", "a label's value that is none", { key: "not a value" }),
      at("taints", "an effect that does not exist", [{ key: "a", value: "b", effect: "Never" }]),
      at("taints", "a taint without a key", [{ value: "b", effect: "NoSchedule" }]),
      at("taints", "the same taint twice", [
        { key: "a", value: "b", effect: "NoSchedule" },
        { key: "a", value: "c", effect: "NoSchedule" },
      ]),
      at("updateStrategy", "a strategy that does not exist", { type: "AllAtOnce" }),
      ...(i > 0 && first !== undefined ? [at("name", "the name of another pool", first)] : []),
      ...(controlPlane
        ? [at("size", "an even control plane", 2), at("size", "a control plane of none", 0)]
        : [
            at("size", "more machines than anybody wants", 1001),
            at("maxSize", "fewer at most than at least", 1),
          ].map((change) =>
            change.path.at(-1) === "maxSize"
              ? {
                  ...change,
                  path: change.path.slice(0, -1),
                  value: { ...poolConfig, size: 3, minSize: 3, maxSize: 1 },
                }
              : change,
          )),
    ];
  });
  const second = spec.machinePools.findIndex(({ poolConfig }) => poolConfig.isControlPlane !== true);
  const hasControlPlane = spec.machinePools.some(({ poolConfig }) => poolConfig.isControlPlane === true);
  return [
    { what: "no name", path: ["metadata", "name"], value: undefined },
    { what: "no name of an object", path: ["metadata", "name"], value: "No Name" },
    { what: "a name that is too long", path: ["metadata", "name"], value: "n".repeat(64) },
    { what: "a namespace that is none", path: ["metadata", "namespace"], value: "No Space" },
    { what: "a label that is none", path: ["metadata", "labels"], value: { "not a key": "x" } },
    { what: "another kind", path: ["kind"], value: "ClusterProfile" },
    { what: "no cloud", path: ["spec", "cloudType"], value: undefined },
    { what: "a cloud that does not exist", path: ["spec", "cloudType"], value: "no-such-cloud" },
    { what: "no profile", path: ["spec", "profiles"], value: undefined },
    { what: "a profile without a name", path: ["spec", "profiles", 0], value: {} },
    ...(hasControlPlane
      ? [
          { what: "no machines", path: ["spec", "machinePools"], value: undefined },
          ...(second < 0
            ? []
            : [
                {
                  what: "a second control plane",
                  path: ["spec", "machinePools", second, "poolConfig", "isControlPlane"],
                  value: true,
                },
              ]),
        ]
      : []),
    ...pools,
  ];
}

function cloudChanges({ fields }: Cloud, { spec }: WrittenRequest): Change[] {
  return [
    ...fieldChanges(fields.cluster, spec.cloudConfig, ["spec", "cloudConfig"]),
    ...spec.machinePools.flatMap(({ cloudConfig }, i) =>
      fieldChanges(fields.pool, cloudConfig, ["spec", "machinePools", i, "cloudConfig"]),
    ),
  ];
}

/** What can be wrong with a value that is there, and with everything in it. */
function fieldChanges(schema: FieldSchema, value: Value | undefined, path: Path): Change[] {
  if (value === undefined) {
    return [];
  }
  const { minimum, maximum, minLength = 0, maxLength, minItems = 0, maxItems, pattern } = schema;
  const wrong = (what: string, written: Value): Change => ({ what, path, value: written });
  const found: Change[] = [];
  if (schema.enum !== undefined) {
    found.push(wrong("no choice", "no-such-choice"));
  }
  switch (schema.type) {
    case "boolean":
      found.push(wrong("neither true nor false", "maybe"));
      break;
    case "integer":
    case "number":
      found.push(wrong("no number", "many"));
      if (schema.type === "integer") {
        found.push(wrong("no whole number", (minimum ?? 0) + 0.5));
      }
      if (minimum !== undefined) {
        found.push(wrong("too little", minimum - 1));
      }
      if (maximum !== undefined) {
        found.push(wrong("too much", maximum + 1));
      }
      break;
    case "string": {
      found.push(wrong("no text", { a: "map" }));
      const odd = " %?* ";
      if (pattern !== undefined && !new RegExp(pattern, "u").test(odd)) {
        found.push(wrong("not of the pattern", odd));
      }
      if (schema.format === "cidr" || schema.format === "ip") {
        found.push(wrong("no address", "300.1.2.3/99"));
      }
      if (minLength > 0) {
        found.push(wrong("nothing", ""));
      }
      if (maxLength !== undefined && schema.enum === undefined) {
        found.push(wrong("too long", "a".repeat(maxLength + 1)));
      }
      break;
    }
    case "array": {
      found.push(wrong("no list", "alone"));
      const items = Array.isArray(value) ? (value as readonly Value[]) : [];
      if (maxItems !== undefined && items[0] !== undefined) {
        found.push(
          wrong(
            "too many",
            Array.from({ length: maxItems + 1 }, () => items[0] as Value),
          ),
        );
      }
      if (minItems > 0) {
        found.push(wrong("too few", []));
      }
      const inner = schema.items;
      found.push(
        ...(inner === undefined ? [] : items.flatMap((item, i) => fieldChanges(inner, item, [...path, i]))),
      );
      break;
    }
    case "object": {
      found.push(wrong("no map", "alone"));
      const entries = value as { readonly [field: string]: Value };
      for (const name of schema.required ?? []) {
        // What is asked for in some cases only may be absent in others.
        if (schema.properties?.[name]?.["x-when"] === undefined) {
          found.push({ what: "missing", path: [...path, name], value: undefined });
        }
      }
      for (const [name, field] of Object.entries(schema.properties ?? {})) {
        found.push(...fieldChanges(field, entries[name], [...path, name]));
      }
    }
  }
  return found;
}

/** A copy with another value at a path. */
function changed(root: Value, [step, ...rest]: Path, value: Value | undefined): Value {
  if (step === undefined) {
    return value as Value;
  }
  if (Array.isArray(root)) {
    return root.map((item: Value, i) => (i === step ? changed(item, rest, value) : item));
  }
  const { [String(step)]: old = {}, ...others } = root as { readonly [field: string]: Value };
  const inner = rest.length === 0 ? value : changed(old, rest, value);
  return inner === undefined ? others : { ...others, [step]: inner };
}
