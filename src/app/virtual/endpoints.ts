import type { EndpointType } from "../../virtual/index.ts";
import { type Back, pick, type StepPlace } from "../quickFlow.ts";

const DETAILS: Readonly<Record<EndpointType, string>> = {
  LoadBalancer:
    "The host gives it an address of its own. Needs a load balancer on the host, such as MetalLB.",
  Ingress: "A host name of its own, through the ingress controller of the host.",
  NodePort: "A port of the host's nodes.",
  ClusterIP: "Inside of the host only, unless you give an address that leads there.",
};

/** Asks how API servers of virtual clusters are reached. */
export function askEndpointType(
  place: StepPlace,
  types: readonly EndpointType[],
  now: EndpointType,
): Promise<EndpointType | Back> {
  return pick<EndpointType>(place, {
    placeholder: "How its API server is reached",
    choices: types.map((type) => ({ label: type, detail: DETAILS[type], value: type })),
    active: (type) => type === now,
  });
}
