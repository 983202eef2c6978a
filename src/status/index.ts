export { ClusterStatuses, clusterStatuses } from "./clusters.ts";
export { diagnosticsText } from "./diagnostics.ts";
export { eventsAbout } from "./events.ts";
export { ImportedStatuses } from "./imported.ts";
export { Moment } from "./moment.ts";
export { type ClusterDetail, progressOf } from "./progress.ts";
export { unconnectedVirtual } from "./virtual.ts";
