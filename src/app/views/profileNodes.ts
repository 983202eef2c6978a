import type { PublishedProfile } from "../../kube/index.ts";
import { ITEMS } from "../ids.ts";
import {
  type LayerSummary,
  layerIcon,
  layerTitle,
  type ProfileSummary,
  stateOf,
} from "../profiles/summary.ts";
import type { Row } from "./clusterNodes.ts";

/** A profile file; `path` is its place in the workspace, as people read it. */
export function profileFileRow(id: string, path: string, summary: ProfileSummary): Row {
  const state = stateOf(summary);
  const wrong = summary.errors.length > 0;
  const name = summary.name === "" ? path : summary.name;
  return {
    id,
    label: name,
    // The side bar cuts the end off: what is wrong comes first.
    description: (wrong
      ? [state, summary.version, summary.cloudType]
      : [summary.version, summary.cloudType, state]
    )
      .filter((part) => part !== "")
      .join(" · "),
    icon: wrong ? "error" : "layers",
    ...(wrong ? { color: "list.errorForeground" } : {}),
    tooltip: [name, path, state, ...summary.errors.slice(0, 5).map(({ message }) => message)],
    spoken: `Profile ${name} ${summary.version}, ${summary.cloudType}, ${state}`,
    contextValue: wrong ? ITEMS.profileFileInvalid : ITEMS.profileFile,
    unfolded: summary.missing.length > 0,
  };
}

/** One layer of a file. */
export function layerRow(parent: string, index: number, { name, layer }: LayerSummary): Row {
  const title = layerTitle(layer);
  return {
    id: `${parent}#${index}`,
    label: name,
    description: title,
    icon: layerIcon(layer),
    tooltip: [name, `${title} layer`],
    spoken: `${title} layer ${name}`,
    contextValue: ITEMS.layer,
  };
}

/** A mandatory layer that a file lacks. */
export function missingLayerRow(parent: string, layer: string): Row {
  const title = layerTitle(layer);
  return {
    id: `${parent}#missing-${layer}`,
    label: `${title} is missing`,
    description: "mandatory",
    icon: "error",
    color: "list.errorForeground",
    tooltip: [`${title} is missing`, "The quick fix in the file inserts it."],
    spoken: `Error: the ${title} layer is missing`,
    contextValue: ITEMS.layer,
  };
}

/** The group of published versions on a management cluster. */
export function publishedGroupRow(context: string, count: number): Row {
  return {
    id: "published",
    label: "Published",
    description: `${count} on ${context}`,
    icon: "cloud",
    tooltip: [`Versions published on ${context}`, "A published version never changes."],
    spoken: `${count} profile versions published on ${context}`,
    contextValue: ITEMS.published,
    unfolded: false,
  };
}

export function publishedRow(profile: PublishedProfile): Row {
  return {
    id: `published/${profile.namespace}/${profile.name}/${profile.version}`,
    label: `${profile.name} ${profile.version}`,
    description: [profile.cloudType, profile.namespace].filter((part) => part !== undefined).join(" · "),
    icon: "lock",
    tooltip: [
      `${profile.name} ${profile.version}`,
      `Namespace ${profile.namespace}`,
      "Published, so it never changes.",
    ],
    spoken: `Published profile ${profile.name} version ${profile.version} in namespace ${profile.namespace}`,
    contextValue: ITEMS.publishedVersion,
  };
}
