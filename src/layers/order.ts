import { LAYER_STAGES, type PlannedLayer } from "./model.ts";

/**
 * Layers in the groups that are installed one after the other: network, cloud controller, storage, then add-ons by
 * their priority, equal ones together (design.md, Layers; palette.md 2.4).
 */
export function installGroups(layers: readonly PlannedLayer[]): PlannedLayer[][] {
  const groups = new Map<string, PlannedLayer[]>();
  const sorted = [...layers].sort((a, b) => stage(a) - stage(b) || rank(a) - rank(b));
  for (const layer of sorted) {
    const key = `${stage(layer)} ${rank(layer)}`;
    const group = groups.get(key) ?? [];
    group.push(layer);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function stage({ stage: name }: PlannedLayer): number {
  return LAYER_STAGES.indexOf(name);
}

/** Priorities order add-ons only: the other stages have their own place. */
function rank({ stage: name, priority }: PlannedLayer): number {
  return name === "add-on" ? priority : 0;
}
