import data from "./schemas.json" with { type: "json" };
import { KubernetesSchemas } from "./schemas.ts";

/**
 * The API of the Kubernetes release that is offered first. A bundle of its own, read when the first manifest is looked at;
 * schemas.json is made by scripts/kubernetes.ts.
 */
export const schemas: KubernetesSchemas = new KubernetesSchemas(data);
