import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type { MachinePool } from "../../../cluster/model.ts";
import type { CreatePool, CreatePools } from "../../../shared/createCluster.ts";
import type { Control, FieldPath, FormField, FormItem } from "../../../shared/form.ts";
import { arrange, type Leaf, leavesOf, missing, textField } from "./fields.ts";
import type { FormModel } from "./model.ts";
import type { Problems } from "./problems.ts";
import { pairsText, taintsText } from "./values.ts";

const POOLS: FieldPath = ["spec", "machinePools"];
/** Columns of the cloud's own fields: more do not fit beside the preview, unless they are short numbers. */
const COLUMNS = 2;
const NUMBER_COLUMNS = 3;
const STRATEGIES: Readonly<Record<string, string>> = {
  RollingUpdateScaleOut: "Add first, then remove",
  RollingUpdateScaleIn: "Remove first, then add",
  OverrideScaling: "As given here",
};

/** The table of machine pools; nothing where the cloud's clusters have none. */
export function poolsOf({ request, cloud, profile }: FormModel, problems: Problems): CreatePools | null {
  if (cloud === undefined || cloud.distributions.length === 0) {
    return null;
  }
  const rows = request.machinePools.map((pool, index) => ({
    pool,
    index,
    leaves: leavesOf(cloud.fields.pool, {
      problems,
      values: pool.cloudConfig,
      path: [...POOLS, index, "cloudConfig"],
      pool: pool.isControlPlane ? "control-plane" : "worker",
    }),
  }));
  const columns = columnsOf(rows.map(({ leaves }) => leaves));
  const autoscales = request.machinePools.some(({ autoscaling }) => autoscaling !== undefined);
  const hasAutoscaler =
    profile.kind === "usable" && profile.profile.layers.some(({ name }) => /autoscaler|karpenter/.test(name));
  // The control plane stands first, wherever the document has it.
  const sorted = [...rows].sort((a, b) => Number(b.pool.isControlPlane) - Number(a.pool.isControlPlane));
  const drawn = sorted.map(({ pool, index, leaves }) => row(pool, index, leaves, columns, cloud, problems));
  return {
    columns: columns.map(({ title }) => title),
    rows: drawn,
    messages: problems.take(POOLS),
    notes:
      autoscales && !hasAutoscaler && profile.kind === "usable"
        ? [
            {
              kind: "note",
              severity: "warning",
              text: "Autoscale bounds take effect once the profile has the cluster autoscaler.",
              buttons: profile.isFile ? [{ label: "Add Layer", action: "addLayer", argument: null }] : [],
            },
          ]
        : [],
  };
}

interface Column {
  readonly key: string;
  readonly title: string;
}

/** The usual fields of the pools that tell most become columns: what is needed, then numbers, lists last. */
function columnsOf(rows: readonly (readonly Leaf[])[]): Column[] {
  const columns = new Map<string, Column & { readonly isNumber: boolean; readonly rank: number }>();
  for (const { item, advanced, schema, needed } of rows.flat()) {
    if (item.kind === "field" && !advanced && ["text", "number", "select"].includes(item.control.type)) {
      const key = keyOf(item.path);
      const isNumber = item.control.type === "number";
      const rank = needed ? 0 : isNumber ? 1 : schema.type === "array" ? 3 : 2;
      columns.set(key, columns.get(key) ?? { key, title: item.label, isNumber, rank });
    }
  }
  const all = [...columns.values()].sort((a, b) => a.rank - b.rank);
  const areNumbers = all.slice(0, NUMBER_COLUMNS).every(({ isNumber }) => isNumber);
  return all.slice(0, areNumbers ? NUMBER_COLUMNS : COLUMNS);
}

/** The path of a field inside the pool's `cloudConfig`. */
function keyOf(path: FieldPath): string {
  return path.slice(POOLS.length + 2).join(".");
}

function row(
  pool: MachinePool,
  index: number,
  leaves: readonly Leaf[],
  columns: readonly Column[],
  cloud: Cloud,
  problems: Problems,
): CreatePool {
  const path = [...POOLS, index];
  const own = (...rest: string[]): FieldPath => [...path, "poolConfig", ...rest];
  const title = pool.name === "" ? `pool ${index + 1}` : pool.name;
  const cells = columns.map(({ key }) => {
    const found = leaves.find(({ item }) => keyOf(item.path) === key);
    return found?.item.kind === "field" ? found.item : null;
  });
  const others = leaves.filter(({ item }) => !cells.some((cell) => cell === item));
  return {
    path,
    title,
    name: textField(own("name"), "Name", pool.name, problems, { required: true }),
    size: sizeField(pool, own("size"), problems),
    autoscaling: pool.isControlPlane
      ? "Not possible"
      : {
          min: boundField(own("minSize"), "Autoscale from", pool.autoscaling?.minSize, problems),
          max: boundField(own("maxSize"), "Autoscale to", pool.autoscaling?.maxSize, problems),
        },
    cells,
    more: [...common(pool, own, problems), ...arrange(others, `pool-${index}-more`)],
    messages: problems.take(path),
    fixed: pool.isControlPlane ? `${cloud.title} clusters have one control plane pool` : null,
  };
}

/** What pools of every cloud have. */
function common(pool: MachinePool, own: (...rest: string[]) => FieldPath, problems: Problems): FormItem[] {
  const strategy = pool.updateStrategy;
  const usual = pool.isControlPlane
    ? []
    : [
        select(own("updateStrategy", "type"), "Update strategy", strategy?.type ?? "", problems, [
          ["", `${STRATEGIES.RollingUpdateScaleOut} (default)`],
          ...Object.entries(STRATEGIES).slice(1),
        ]),
        ...(strategy?.type === "OverrideScaling"
          ? [
              textField(
                own("updateStrategy", "maxSurge"),
                "Machines more",
                strategy.maxSurge ?? "",
                problems,
                {
                  help: "A number or a percentage.",
                },
              ),
              textField(
                own("updateStrategy", "maxUnavailable"),
                "Machines missing",
                strategy.maxUnavailable ?? "",
                problems,
                {
                  help: "A number or a percentage.",
                },
              ),
            ]
          : []),
      ];
  return [
    textField(own("additionalLabels"), "Node labels", pairsText(pool.additionalLabels), problems, {
      help: "Pairs like key=value, with commas between.",
    }),
    textField(own("taints"), "Taints", taintsText(pool.taints), problems, {
      help: "Like key=value:NoSchedule.",
    }),
    ...usual,
    select(
      own("machinePoolProperties", "archType"),
      "Architecture",
      pool.architecture === "amd64" ? "" : pool.architecture,
      problems,
      [
        ["", "amd64 (default)"],
        ["arm64", "arm64"],
      ],
    ),
    ...(pool.isControlPlane
      ? [
          {
            ...textField(own("useControlPlaneAsWorker"), "Take workloads as well", "", problems, {}),
            control: { type: "checkbox", value: pool.useControlPlaneAsWorker } satisfies Control,
            optional: false,
          },
        ]
      : []),
  ];
}

function sizeField(pool: MachinePool, path: FieldPath, problems: Problems): FormField {
  const value = Number.isNaN(pool.size) ? "" : String(pool.size);
  if (pool.isControlPlane) {
    const sizes = ["1", "3", "5"];
    return select(
      path,
      "Machines",
      value,
      problems,
      (sizes.includes(value) ? sizes : [...sizes, value]).map((each) => [each, each]),
    );
  }
  const field = boundField(path, "Machines", pool.size, problems);
  return {
    ...field,
    optional: false,
    messages: value === "" ? [missing(problems, path, "Machines")] : field.messages,
  };
}

function boundField(
  path: FieldPath,
  label: string,
  value: number | undefined,
  problems: Problems,
): FormField {
  return {
    ...textField(path, label, "", problems, {}),
    control: {
      type: "number",
      value: value === undefined || Number.isNaN(value) ? "" : String(value),
      min: 0,
      max: null,
      whole: true,
      placeholder: "",
    },
  };
}

function select(
  path: FieldPath,
  label: string,
  value: string,
  problems: Problems,
  options: readonly (readonly [string, string])[],
): FormField {
  return {
    ...textField(path, label, value, problems, {}),
    optional: false,
    control: {
      type: "select",
      value,
      groups: [{ label: "", options: options.map(([each, words]) => ({ value: each, label: words })) }],
    },
  };
}
