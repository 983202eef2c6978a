/**
 * The rooms that load on first use. The build turns each import into a bundle of its own, so neither
 * activation nor writing profiles pays for a Kubernetes client (docs/architecture.md, Bundles).
 */
export const loadActions = () => import("./actions.ts");
export const loadKube = () => import("../kube/index.ts");
export const loadRegistries = () => import("../registries/index.ts");
export const loadSandbox = () => import("../../sandbox/index.ts");
export const loadLanguageClient = () => import("./language/client.ts");
export const loadProfileRoom = () => import("../profile/index.ts");
export const loadKubernetesSchemas = () => import("../profile/kubernetes/index.ts");
export const loadClusterRoom = () => import("../cluster/index.ts");
export const loadLayersRoom = () => import("../layers/index.ts");
export const loadCatalog = () => import("../catalog/index.ts");
export const loadBrownfield = () => import("../imports/brownfield.ts");
export const loadVirtual = () => import("../virtual/index.ts");
