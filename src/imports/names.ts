/** Namespace of everything that an import makes on the imported cluster (engines.md 5). */
export const AGENT_NAMESPACE = "palette-system";
/** The service account that the management cluster signs in as. */
export const AGENT = "palette-agent";

/** On objects of the management cluster: how the cluster was imported. */
export const IMPORT_MODE = "palette-onboarding/import-mode";
/** On the namespace of the imported cluster: who imported it, `NAMESPACE/NAME at MANAGEMENT CLUSTER`. */
export const IMPORTED_BY = "palette-onboarding/imported-by";
/** On the same: uid of the management cluster, by which an import finds what an earlier one left. */
export const IMPORTED_BY_UID = "palette-onboarding/imported-by-uid";
/** On the SveltosCluster: uid of the cluster's kube-system, which is what tells clusters apart. */
export const CLUSTER_UID = "palette-onboarding/cluster-uid";
/** On the SveltosCluster: address by which whoever imported it saw it. */
export const SEEN_AT = "palette-onboarding/seen-at";
/** On the SveltosCluster: end of the token that the import, or the last authentication by hand, brought. */
export const TOKEN_UNTIL = "palette-onboarding/token-until";

/** Seconds that a token is valid (engines.md 5: much longer than the interval of its renewal). */
export const TOKEN_SECONDS = 24 * 60 * 60;
export const RENEWAL_INTERVAL = "1h0m0s";

/** The Secret that Sveltos reads by itself. */
export function kubeconfigSecretName(cluster: string): string {
  return `${cluster}-sveltos-kubeconfig`;
}
