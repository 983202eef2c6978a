import fc from "fast-check";
import { stringify } from "yaml";
import type { Cloud } from "../../src/cluster/clouds/cloud.ts";
import { TAINT_EFFECTS } from "../../src/cluster/model.ts";
import { fieldValue, only, type Role, type Value } from "./fieldValues.ts";

/** A cluster request as it is written, before it is text. */
export interface WrittenRequest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly [field: string]: Value };
  readonly spec: {
    readonly cloudType: string;
    readonly cloudAccount?: string;
    readonly cloudConfig?: Value;
    readonly profiles: readonly { readonly [field: string]: Value }[];
    readonly machinePools: readonly WrittenPool[];
  };
}

interface WrittenPool {
  readonly poolConfig: { readonly [field: string]: Value };
  readonly cloudConfig?: Value;
}

export function textOf(request: WrittenRequest): string {
  return stringify(request, { aliasDuplicateObjects: false, lineWidth: 0 });
}

const MAX_CLUSTER_NAME = 40;
const MAX_POOL_NAME = 20;

/** An RFC 1123 label that begins with a letter. */
const label = (max: number): fc.Arbitrary<string> =>
  fc
    .stringMatching(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/)
    .map((text) => text.slice(0, max).replace(/-+$/, ""))
    .filter((text) => text !== "");
const key = fc.oneof(
  fc.stringMatching(/^[A-Za-z]([A-Za-z0-9_.-]{0,20}[A-Za-z0-9])?$/),
  fc.stringMatching(/^[a-z]{1,10}\.example\.com\/[A-Za-z]{1,20}$/),
);
const labelValue = fc.stringMatching(/^([A-Za-z0-9]([A-Za-z0-9_.-]{0,30}[A-Za-z0-9])?)?$/);
const labels = fc.dictionary(key, labelValue, { maxKeys: 3, noNullPrototype: true });
const annotations = fc.dictionary(key, fc.string({ maxLength: 20 }), { maxKeys: 2, noNullPrototype: true });
const taints = fc.uniqueArray(
  fc.record({ key, value: labelValue, effect: fc.constantFrom(...TAINT_EFFECTS) }),
  { maxLength: 3, selector: (taint) => `${taint.key}:${taint.effect}` },
);
const share = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map(String),
  fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%`),
);
const updateStrategy = fc.oneof(
  fc.constantFrom("RollingUpdateScaleOut", "RollingUpdateScaleIn").map((type) => ({ type })),
  fc.record({ type: fc.constant("OverrideScaling"), maxSurge: share, maxUnavailable: share }),
);
const scale = fc.oneof(
  fc.integer({ min: 0, max: 1000 }).map((size) => ({ size })),
  // What can be spread over two zones or three.
  fc.integer({ min: 0, max: 20 }).map((sixth) => ({ size: sixth * 6 })),
  fc
    .uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 3, maxLength: 3 })
    .map((numbers) => numbers.sort((a, b) => a - b))
    .map(([minSize = 0, size = 0, maxSize = 0]) => ({ size, minSize, maxSize })),
);

/** A value or nothing, half of the time each. */
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

/** What else a cloud's requests are drawn from. */
export interface Drawing {
  /** Requests that are right, the smallest first: parts are tried in them before they are put together. */
  readonly bases: readonly [WrittenRequest, ...WrittenRequest[]];
  readonly isRight: (request: WrittenRequest) => boolean;
  /** Without a pool for the control plane. */
  readonly managed: boolean;
}

/**
 * Any request for a cloud that its description allows. Most parts are right by themselves; what only the cloud's own
 * `check` can see of several parts together may still be wrong.
 */
export function anyRequest(cloud: Cloud, { bases, isRight, managed }: Drawing): fc.Arbitrary<WrittenRequest> {
  const { spec } = bases[0];
  const named = ({ poolConfig, ...rest }: WrittenPool, name: string): WrittenPool => ({
    poolConfig: { name, ...poolConfig },
    ...rest,
  });
  /** Whether one of the bases is right with a part of it exchanged. */
  const fits = (change: (base: WrittenRequest["spec"]) => Partial<WrittenRequest["spec"]>): boolean =>
    bases.some((base) => isRight({ ...base, spec: { ...base.spec, ...change(base.spec) } }));
  const anyCluster = configOf(cloud, undefined).map((config) => withTemplate(config, spec.cloudConfig));
  return fc
    .record({
      name: label(MAX_CLUSTER_NAME),
      labels: maybe(labels),
      annotations: maybe(annotations),
      cloudAccount: anyAccount(cloud),
      cloudConfig: mostly(
        anyCluster,
        (cloudConfig) => fits(() => present({ cloudConfig })),
        `the fields of ${cloud.id}`,
      ),
      names: fc.uniqueArray(label(MAX_POOL_NAME), { minLength: 3, maxLength: 3 }),
      controlPlane: managed
        ? fc.constant([])
        : mostly(
            controlPlane(cloud),
            (pool) =>
              fits(({ machinePools }) => ({
                machinePools: [named(pool, "drawn"), ...machinePools.filter((each) => !isControlPlane(each))],
              })),
            `a control plane of ${cloud.id}`,
          ).map((pool) => [pool]),
      workers: fc.array(
        mostly(
          workers(cloud),
          (pool) =>
            fits(({ machinePools }) => ({
              machinePools: [...machinePools.filter(isControlPlane), named(pool, "drawn")],
            })),
          `a worker pool of ${cloud.id}`,
        ),
        // Some managed clouds run machines of their own.
        { minLength: managed ? 0 : 1, maxLength: 2 },
      ),
    })
    .map(({ name, labels, annotations, cloudAccount, cloudConfig, names, controlPlane, workers }) => ({
      apiVersion: "palette-onboarding/v1",
      kind: "ClusterRequest",
      metadata: present({ name, namespace: "default", labels, annotations }),
      spec: {
        cloudType: cloud.id,
        ...present({ cloudAccount, cloudConfig }),
        profiles: spec.profiles,
        machinePools: [...controlPlane, ...workers].map((pool, i) => named(pool, names[i] ?? "")),
      },
    }));
}

function isControlPlane({ poolConfig }: WrittenPool): boolean {
  return poolConfig.isControlPlane === true;
}

/** A template is a program of its own, which is not drawn: its clouds keep the one of `base`. */
function withTemplate(drawn: Value | undefined, base: Value | undefined): Value | undefined {
  const { values } = (base ?? {}) as { readonly values?: Value };
  return values === undefined ? drawn : { ...(drawn as { readonly [field: string]: Value }), values };
}

/** Mostly values that fit by themselves; some that may fit together with others only. */
function mostly<T>(values: fc.Arbitrary<T>, fits: (value: T) => boolean, what: string): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: only(values, fits, what) }, { weight: 1, arbitrary: values });
}

function anyAccount({ identities }: Cloud): fc.Arbitrary<string | undefined> {
  const [first, ...others] = identities;
  if (first === undefined) {
    return fc.constant(undefined);
  }
  return fc.oneof(
    label(30),
    label(30).map((name) => `${first.kind}/${name}`),
    ...others.map(({ kind }) => label(30).map((name) => `${kind}/${name}`)),
  );
}

function controlPlane(cloud: Cloud): fc.Arbitrary<WrittenPool> {
  return fc
    .record({
      size: fc.constantFrom(1, 3, 5),
      useControlPlaneAsWorker: maybe(fc.boolean()),
      common: commonOf(),
      cloudConfig: configOf(cloud, "control-plane"),
    })
    .map(({ size, useControlPlaneAsWorker, common, cloudConfig }) => ({
      poolConfig: present({
        isControlPlane: true,
        ...sizeOf({ size }, cloudConfig),
        useControlPlaneAsWorker,
        ...common,
      }),
      ...present({ cloudConfig }),
    }));
}

function workers(cloud: Cloud): fc.Arbitrary<WrittenPool> {
  return fc
    .record({
      scale,
      updateStrategy: maybe(updateStrategy),
      common: commonOf(),
      cloudConfig: configOf(cloud, "worker"),
    })
    .map(({ scale, updateStrategy, common, cloudConfig }) => ({
      poolConfig: present({ ...sizeOf(scale, cloudConfig), updateStrategy, ...common }),
      ...present({ cloudConfig }),
    }));
}

/** A pool of hosts that are listed is as large as their list. */
function sizeOf(
  drawn: { readonly [field: string]: Value },
  cloudConfig: Value | undefined,
): { readonly [field: string]: Value } {
  const { edgeHosts } = (cloudConfig ?? {}) as { readonly edgeHosts?: readonly Value[] };
  return edgeHosts === undefined ? drawn : { size: edgeHosts.length };
}

function commonOf() {
  return fc.record({ additionalLabels: maybe(labels), taints: maybe(taints) });
}

/** A `cloudConfig`; absent where nothing is in it. */
function configOf({ fields }: Cloud, role: Role): fc.Arbitrary<Value | undefined> {
  return fieldValue(role === undefined ? fields.cluster : fields.pool, role).map((value) =>
    Object.keys(value as object).length === 0 ? undefined : value,
  );
}

/** Without the fields that are absent. */
function present(fields: Readonly<Record<string, unknown>>): { readonly [field: string]: Value } {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}
