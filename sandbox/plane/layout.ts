import { join } from "node:path";

/** The files of one plane below its state folder. */
export function layoutOf(state: string) {
  const credentials = join(state, "credentials");
  return {
    state,
    stateFile: join(state, "state.json"),
    logs: join(state, "logs"),
    etcdData: join(state, "etcd"),
    credentials,
    ca: join(credentials, "ca.crt"),
    certificate: join(credentials, "tls.crt"),
    key: join(credentials, "tls.key"),
    etcdCertificate: join(credentials, "etcd-client.crt"),
    etcdKey: join(credentials, "etcd-client.key"),
    adminCertificate: join(credentials, "admin.crt"),
    adminKey: join(credentials, "admin.key"),
    serviceAccountKey: join(credentials, "sa.key"),
    token: join(credentials, "token"),
    tokens: join(credentials, "tokens.csv"),
    kubeconfig: join(state, "kubeconfig"),
    workloadKubeconfig: join(state, "workload.kubeconfig"),
    kubectl: join(state, "kubectl"),
    /** A folder for each virtual cluster of the second cluster, laid out as this one. */
    virtual: join(state, "virtual"),
  } as const;
}

export type Layout = ReturnType<typeof layoutOf>;

/** The log file of a component. */
export function logOf({ logs }: Layout, component: string): string {
  return join(logs, `${component}.log`);
}

export const managementContext = "palette-sandbox";
export const workloadContext = "palette-workload";
