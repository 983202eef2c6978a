import type { Distribution } from "../clouds/cloud.ts";
import type { NodeSettings } from "./node.ts";

/** The user of Palette's machines (palette.md Appendix D, `sshKeys`). */
const USER = "spectro";

/**
 * A user that signs in by SSH with `keys`; none where they are empty. kubeadm's bootstrap provider makes users
 * itself; those of k3s and RKE2 only run commands.
 */
export function sshAccess(
  distribution: Distribution,
  keys: readonly string[],
): Pick<NodeSettings, "users" | "preKubeadmCommands"> {
  const some = keys.filter((key) => key.trim() !== "");
  if (some.length === 0) {
    return {};
  }
  if (distribution === "kubeadm") {
    return { users: [{ name: USER, sshAuthorizedKeys: some, sudo: "ALL=(ALL) NOPASSWD:ALL" }] };
  }
  const folder = `/home/${USER}/.ssh`;
  const lines = some.map((key) => `'${key.replaceAll("'", "")}'`).join(" ");
  return {
    preKubeadmCommands: [
      `id ${USER} || useradd --create-home --shell /bin/bash ${USER}`,
      `install -d -m 0700 -o ${USER} ${folder} && printf '%s\\n' ${lines} >>${folder}/authorized_keys && chown -R ${USER} ${folder}`,
      `echo '${USER} ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/${USER}`,
    ],
  };
}
