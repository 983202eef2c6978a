/** What a management cluster may do on an imported cluster (palette.md 5). */
export const IMPORT_MODES = ["read-only", "full"] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** What the user chose in step 1. */
export interface ImportChoice {
  readonly name: string;
  /** On the management cluster: Palette's project. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly mode: ImportMode;
  /** Address of the API server as the management cluster sees it. */
  readonly server: string;
  /** Name in the server's certificate, where it is not that of the address. */
  readonly tlsServerName?: string;
  /** Proxy that the management cluster goes through. */
  readonly proxyUrl?: string;
  /** PEM; absent where the certificate is signed by a public authority. */
  readonly certificateAuthority?: string;
  /** Name of the management cluster, for whoever looks at the cluster itself. */
  readonly managementCluster: string;
  /** uid of the management cluster's kube-system, so that an import is recognized again; absent where not to be seen. */
  readonly managementUid?: string;
  /** uid of the cluster's kube-system. */
  readonly uid: string;
  /** Address by which whoever imports it sees it: finds the context to detach it with. */
  readonly seenAt: string;
}

/** Where an object of an import lives. */
export type Side = "imported" | "management";
