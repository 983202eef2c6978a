import type { Taint } from "../../model.ts";

/** Where an instance of Oracle Cloud finds the script that makes it a node of OKE. */
const INIT_SCRIPT = "http://169.254.169.254/opc/v2/instance/metadata/oke_init_script";

/**
 * Metadata that taints the nodes of a pool: node pools have no field for taints, and OKE's documented way is a boot
 * script that runs its own with arguments for the kubelet. Nothing without taints.
 */
export function taintMetadata(taints: readonly Taint[]): Readonly<Record<string, string>> {
  if (taints.length === 0) {
    return {};
  }
  const list = taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).join(",");
  const script = [
    "#!/bin/bash",
    `curl --fail -H "Authorization: Bearer Oracle" -L0 ${INIT_SCRIPT} | base64 --decode > /var/run/oke-init.sh`,
    `bash /var/run/oke-init.sh --kubelet-extra-args "--register-with-taints=${list}"`,
    "",
  ].join("\n");
  return { user_data: btoa(script) };
}
