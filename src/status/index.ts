export { ClusterStatuses, clusterStatuses, type Layers } from "./clusters.ts";
