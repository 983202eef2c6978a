import type { ImportChoice, ImportFacts } from "../../../src/imports/index.ts";

/** Facts of a cluster that nothing speaks against. */
export const FACTS: ImportFacts = {
  context: "shop-eu",
  server: "https://4f1c.gr7.eu-west-1.eks.amazonaws.com",
  resolved: ["52.19.1.2"],
  milliseconds: 38,
  insecure: false,
  certificateAuthority: "-----BEGIN CERTIFICATE-----\nÄ\n-----END CERTIFICATE-----\n",
  version: "1.36.4",
  uid: "uid-shop",
  missing: { "read-only": [], full: [] },
  found: { cloud: undefined, machines: 3, network: undefined, storage: [], releases: [], managedBy: [] },
  management: {
    name: "mgmt-eu",
    isSandbox: false,
    uid: "uid-mgmt",
    sveltos: true,
    policies: true,
    missing: [],
    imports: [],
    clusters: [],
  },
};

export const CHOICE: ImportChoice = {
  name: "shop-eu",
  namespace: "team-shop",
  labels: { env: "production" },
  mode: "read-only",
  server: "https://203.0.113.40:6443",
  managementCluster: "mgmt-eu",
  managementUid: "uid-mgmt",
  uid: "uid-shop",
  seenAt: FACTS.server,
  certificateAuthority: FACTS.certificateAuthority ?? "",
};
