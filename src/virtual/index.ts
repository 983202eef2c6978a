export { KUBERNETES_VERSIONS, VCLUSTER } from "./chart.ts";
export { groupObject, readGroup } from "./group.ts";
export { hostFor } from "./hosts.ts";
export {
  type ClusterGroup,
  DEFAULT_ENDPOINT,
  DEFAULT_LIMITS,
  DEFAULT_OVERSUBSCRIPTION,
  DEFAULT_RESOURCES,
  ENDPOINT_TYPES,
  type EndpointType,
  type VirtualClusterRequest,
  type VirtualFacts,
  type VirtualHost,
  type VirtualProblem,
  type VirtualResources,
  type VirtualState,
} from "./model.ts";
export {
  GROUP_LABEL,
  hostSecretName,
  KUBECONFIG_KEY,
  MAX_VIRTUAL_NAME,
  REQUEST_ANNOTATION,
  UNTOLD_SERVER,
  virtualName,
} from "./names.ts";
export { planVirtualCluster, requestOf } from "./plan.ts";
export { groupProblems, requestProblems, resizeProblems } from "./problems.ts";
export { quantity } from "./quantities.ts";
export { quotaOf, readValues, virtualClusterValues, withReplicas, withResources } from "./values.ts";
