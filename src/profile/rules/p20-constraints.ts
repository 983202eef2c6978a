import { catalog, type Pack } from "../../catalog/index.ts";
import { compareVersions, isTrain } from "../../catalog/version.ts";
import type { PackView } from "../view.ts";
import { layerOf, typeOf } from "./known.ts";
import type { Finding, Rule } from "./rule.ts";

/** Packs have the packs beside them that they need, and none that they cannot bear; and a Kubernetes they run on. */
export const packsFitTogether: Rule = {
  code: "P20",
  *check({ profile }) {
    const addOnsOnly = typeOf(profile) === "add-on" || typeOf(profile) === "system";
    const byName = new Map<string | undefined, PackView>();
    for (const view of profile.packs.toReversed()) {
      byName.set(known(view)?.name, view);
    }
    const kubernetes = profile.packs.find((pack) => layerOf(pack) === "k8s");
    for (const view of profile.packs) {
      const pack = known(view);
      if (pack === undefined) {
        continue;
      }
      for (const constraint of pack.constraints) {
        const other = byName.get(constraint.pack);
        // The cluster's other profiles may have what an add-on profile has not.
        if (other !== undefined || !addOnsOnly) {
          yield* judge(view, pack, constraint, other);
        }
      }
      if (kubernetes !== undefined && view !== kubernetes) {
        yield* kubernetesRange(view, pack, kubernetes);
      }
    }
  },
};

function known({ name }: PackView): Pack | undefined {
  const pack = name === undefined ? undefined : catalog.find(name.text);
  return pack?.name === name?.text ? pack : undefined;
}

/** The version of a layer, if it is exact. */
function exact({ tag, version }: PackView): string | undefined {
  return [tag?.text, version?.text].find((each) => each !== undefined && each !== "" && !isTrain(each));
}

function* judge(
  view: PackView,
  pack: Pack,
  constraint: Pack["constraints"][number],
  other: PackView | undefined,
): Iterable<Finding> {
  const span = view.name?.span ?? view.span;
  const because = constraint.reason === undefined ? "" : ` ${constraint.reason}`;
  if (other === undefined) {
    if (constraint.type === "required") {
      yield {
        severity: "error",
        message: `${pack.name} needs the layer ${constraint.pack}.${because}`,
        span,
      };
    }
    return;
  }
  const related = [{ span: other.name?.span ?? other.span, message: `${constraint.pack} stands here.` }];
  if (constraint.type === "notSupported") {
    yield {
      severity: "error",
      message: `${pack.name} does not go together with ${constraint.pack}.${because}`,
      span,
      related,
    };
    return;
  }
  const version = exact(other);
  const { minVersion, maxVersion } = constraint;
  if (version === undefined) {
    return;
  }
  if (minVersion !== undefined && compareVersions(version, minVersion) < 0) {
    yield {
      severity: "error",
      message: `${pack.name} needs ${constraint.pack} ${minVersion} or newer, not ${version}.`,
      span,
      related,
    };
  } else if (maxVersion !== undefined && compareVersions(version, maxVersion) > 0) {
    yield {
      severity: "error",
      message: `${pack.name} needs ${constraint.pack} ${maxVersion} or older, not ${version}.`,
      span,
      related,
    };
  }
}

/** A warning: the ranges are what the makers of the packs tested. */
function* kubernetesRange(view: PackView, pack: Pack, kubernetes: PackView): Iterable<Finding> {
  const version = exact(view);
  const target = exact(kubernetes);
  if (version === undefined || target === undefined || !/^\d+\.\d+/.test(target)) {
    return;
  }
  const state = catalog
    .versionsFor(pack, { kubernetes: target, today: "" })
    .find((each) => compareVersions(each.version, version) === 0);
  if (state?.reason !== undefined) {
    yield {
      severity: "warning",
      message: state.reason,
      span: view.tag?.span ?? view.version?.span ?? view.span,
      related: [
        {
          span: kubernetes.tag?.span ?? kubernetes.span,
          message: "The Kubernetes version stands here.",
        },
      ],
    };
  }
}
