import type { MachinePool } from "../../model.ts";
import { configOf } from "../config.ts";
import type { HetznerConfig, HetznerPool } from "./config.ts";

/** Network zones of Hetzner's locations; machines of one cluster reach each other inside a zone only. */
const NETWORK_ZONES: Readonly<Record<string, string>> = {
  fsn1: "eu-central",
  nbg1: "eu-central",
  hel1: "eu-central",
  ash: "us-east",
  hil: "us-west",
  sin: "ap-southeast",
};

/** The network zone of a location. */
export function networkZone(location: string): string | undefined {
  return NETWORK_ZONES[location];
}

/** Locations of a pool; without any it is where the cluster is. */
export function locationsOf({ region }: HetznerConfig, pool: MachinePool): readonly string[] {
  const { azs = [] } = configOf<HetznerPool>(pool.cloudConfig);
  return azs.length === 0 ? [region] : azs;
}
