import { catalog, compareVersions, type Pack } from "../../catalog/index.ts";
import type { Field, PackView } from "../view.ts";
import { oneOf } from "../words.ts";
import type { Finding, Rule } from "./rule.ts";

/**
 * Packs and versions are still maintained: no retired pack, no Kubernetes and no version whose support has ended. A
 * warning, since what runs goes on running. Whether a version has ended is not judged where nobody says what day it is.
 */
export const packsAreMaintained: Rule = {
  code: "P23",
  *check({ profile, today }) {
    for (const view of profile.packs) {
      const name = view.name?.text ?? "";
      const pack = catalog.find(name);
      // A chart of that name may be somebody else's.
      if (
        pack === undefined ||
        view.name === undefined ||
        (pack.name !== name && !pack.aliases.includes(name))
      ) {
        continue;
      }
      if (pack.retired !== undefined) {
        const { reason, replacement } = pack.retired;
        const advice = replacement === undefined ? "" : ` Take ${replacement} instead.`;
        yield {
          severity: "warning",
          message: `${name} is retired. ${reason}${advice}`,
          span: view.name.span,
        };
      } else if (today !== undefined) {
        yield* ended(view, pack, today);
      }
    }
  },
};

function* ended(view: PackView, pack: Pack, today: string): Iterable<Finding> {
  const field = (view.tag?.text ?? "") === "" ? view.version : view.tag;
  if (field === undefined) {
    return;
  }
  const version = catalog.resolveTag(pack, field.text)?.version ?? field.text;
  const states = catalog.versionsFor(pack, { today });
  const known = states.find((each) => each.version === version);
  if (pack.layer === "k8s") {
    yield* kubernetesEnded(field, version, known?.endOfLife, today);
  } else if (known?.ended === true) {
    const newest = catalog.newest(pack, { today });
    const isNewer = newest !== undefined && compareVersions(newest.version, version) > 0;
    yield without(
      field,
      `${pack.displayName} ${version}`,
      known.endOfLife,
      isNewer ? newest.version : undefined,
    );
  }
}

/** By the day that the pack's maker names, otherwise by the calendar of the Kubernetes project. */
function* kubernetesEnded(
  field: Field,
  version: string,
  ownEnd: string | undefined,
  today: string,
): Iterable<Finding> {
  const minor = /^v?(\d+\.\d+)(?:\.|$)/.exec(version)?.[1];
  const releases = catalog.kubernetesReleases(today);
  const oldest = releases.at(-1);
  if (minor === undefined || oldest === undefined) {
    return;
  }
  const end = ownEnd ?? releases.find((each) => each.minor === minor)?.endOfLife;
  if (end === undefined ? compareVersions(minor, oldest.minor) < 0 : end <= today) {
    const supported = releases.filter((each) => !each.ended).map((each) => each.minor);
    yield without(field, `Kubernetes ${minor}`, end, oneOf(supported) || undefined);
  }
}

function without(
  { span }: Field,
  title: string,
  since: string | undefined,
  instead: string | undefined,
): Finding {
  const when = since === undefined ? " no longer gets fixes." : ` has had no fixes since ${since}.`;
  return {
    severity: "warning",
    message: `${title}${when}${instead === undefined ? "" : ` Take ${instead}.`}`,
    span,
  };
}
