export { type CauseAges, clusterStatuses } from "./cluster.ts";
