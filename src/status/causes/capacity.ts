import type { KnownCause } from "./cause.ts";
import { errorLike, extract, stopped } from "./words.ts";

const CAPACITY =
  /InsufficientInstanceCapacity|do not have sufficient [\w.-]+ capacity|SkuNotAvailable|(?:Zonal|Overconstrained)?AllocationFailed|Capacity Restrictions|RESOURCE_POOL_EXHAUSTED|does not have enough resources available|No valid host was found|not enough hosts available|Out of host capacity|InsufficientServerCapacity|InsufficientCapacity|No available machine matches|no available (?:bare ?metal ?)?hosts?\b|no (?:available )?hardware (?:is )?(?:available|found)|resource_unavailable|resources in the parent resource pool are insufficient|Insufficient (?:disk space|memory|cpu|resources)\b|didn't match Pod's node affinity|0\/\d+ nodes are available/i;
const BARE_METAL = /^(?:Maas|Metal3|Tinkerbell)/;

/** The account may have the machines, but there is no room for them, or no free one of that kind. */
export const capacity: KnownCause = {
  id: "capacity",
  find(facts) {
    const cause = errorLike(facts, CAPACITY);
    if (cause === undefined) {
      return undefined;
    }
    const { message } = cause.condition;
    const type = extract(message, [
      /sufficient ([\w.-]+) capacity/i,
      /Capacity Restrictions: ([\w.-]+)/i,
      /\b(Standard_\w+)\b/,
    ]);
    const zone = extract(message, [
      /Availability Zone you requested \(([\w-]+)\)/i,
      /zones\/([\w-]+)/i,
      /in location '([\w-]+)'/i,
    ]);
    const kind = `${cause.object.kind} ${(cause.object.spec as { infrastructureRef?: { kind?: string } } | undefined)?.infrastructureRef?.kind ?? ""}`;
    const bareMetal = kind.split(" ").some((each) => BARE_METAL.test(each));
    const what = bareMetal
      ? "no free machine matches"
      : `there is no room${type === undefined ? "" : ` for ${type}`}${zone === undefined ? "" : ` in ${zone}`}`;
    return {
      headline: `${stopped(cause, facts)}: ${what}`,
      health: "bad",
      cause,
      todo: bareMetal
        ? [
            {
              text: "Add machines, or free some: they must match the pool's selectors, and be powered on and enrolled.",
            },
            { text: "Or loosen the pool's selectors, or use fewer machines." },
          ]
        : [
            { text: "Use another machine type or another zone for the pool." },
            { text: "Or wait: the provider tries again by itself." },
          ],
    };
  },
};
