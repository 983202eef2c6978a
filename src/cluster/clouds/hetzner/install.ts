import type { NodeSettings } from "../../machines/node.ts";

const PATH = "/usr/local/sbin/install-kubernetes";

/** The first releases that every Kubernetes version on offer runs with. */
const CONTAINERD = "2.3.1";
const RUNC = "1.2.5";

/** Published checksums are checked, so that a cut download stops the machine instead of half installing it. */
const SCRIPT = `#!/bin/bash
# Installs containerd and the Kubernetes tools of one version on a plain Ubuntu.
set -euo pipefail
version=$1
minor=\${version%.*}
arch=$(dpkg --print-architecture)
export DEBIAN_FRONTEND=noninteractive

swapoff -a
sed -i '/\\sswap\\s/d' /etc/fstab
printf 'overlay\\nbr_netfilter\\n' > /etc/modules-load.d/kubernetes.conf
modprobe overlay
modprobe br_netfilter
cat > /etc/sysctl.d/90-kubernetes.conf <<'END'
net.bridge.bridge-nf-call-iptables = 1
net.bridge.bridge-nf-call-ip6tables = 1
net.ipv4.ip_forward = 1
net.ipv6.conf.all.forwarding = 1
END
sysctl --system

cd "$(mktemp -d)"
download() { curl -fsSL --retry 5 --retry-delay 10 -O "$1"; }
runc=https://github.com/opencontainers/runc/releases/download/v${RUNC}
download "$runc/runc.$arch"
download "$runc/runc.sha256sum"
sha256sum --check --ignore-missing runc.sha256sum
install -m 755 "runc.$arch" /usr/local/sbin/runc
archive=containerd-${CONTAINERD}-linux-$arch.tar.gz
containerd=https://github.com/containerd/containerd/releases/download/v${CONTAINERD}
download "$containerd/$archive"
download "$containerd/$archive.sha256sum"
sha256sum --check "$archive.sha256sum"
tar -xzf "$archive" -C /usr/local
mkdir -p /etc/containerd
containerd config default | sed 's/SystemdCgroup = false/SystemdCgroup = true/' > /etc/containerd/config.toml
cat > /etc/systemd/system/containerd.service <<'END'
[Unit]
Description=containerd container runtime
After=network.target local-fs.target

[Service]
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/containerd
Type=notify
Delegate=yes
KillMode=process
Restart=always
RestartSec=5
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable --now containerd

mkdir -p /etc/apt/keyrings
packages=https://pkgs.k8s.io/core:/stable:/v$minor/deb
curl -fsSL --retry 5 "$packages/Release.key" | gpg --batch --yes --dearmor -o /etc/apt/keyrings/kubernetes.gpg
echo "deb [signed-by=/etc/apt/keyrings/kubernetes.gpg] $packages/ /" > /etc/apt/sources.list.d/kubernetes.list
apt-get update
apt-get install -y "kubelet=$version-*" "kubeadm=$version-*" "kubectl=$version-*"
apt-mark hold kubelet kubeadm kubectl
systemctl enable kubelet
`;

/**
 * What a plain Ubuntu needs before kubeadm runs: container runtime, kubelet and kubeadm of the version. A file and
 * one command, so that the machine's boot log stays readable.
 */
export function installKubernetes(version: string): Pick<NodeSettings, "files" | "preKubeadmCommands"> {
  return {
    files: [{ path: PATH, owner: "root:root", permissions: "0755", content: SCRIPT }],
    preKubeadmCommands: [`${PATH} ${version}`],
  };
}
