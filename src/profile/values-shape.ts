import type { FieldShape } from "./shape.ts";

const text = (doc: string): FieldShape => ({ kind: "text", doc });
const map = (doc: string): FieldShape => ({ kind: "map", doc });

/** What Palette itself reads in the values of a layer (palette.md 2.4); the rest belongs to the pack. */
export const VALUES_SHAPE: FieldShape = {
  kind: "object",
  doc: "The values of a layer.",
  fields: {
    pack: {
      kind: "object",
      doc: "What Palette itself reads: namespaces, install order, address ranges.",
      fields: {
        namespace: text("Namespace of the layer; created if it is not there, and destroyed with the layer."),
        additionalNamespaces: map("More namespaces to create."),
        namespaceLabels: map('Labels by namespace: `namespace: "key=value,key=value"`.'),
        namespaceAnnotations: map('Annotations by namespace: `namespace: "key=value"`.'),
        "spectrocloud.com/install-priority": text(
          "Install order of add-ons: lower first, equal numbers at the same time, `0` if absent. Removed in reverse.",
        ),
        "spectrocloud.com/display-name": text("Name that tells the same pack apart when it is there twice."),
        releaseNameOverride: map("Names of Helm releases by chart; `<pack>-<chart>` if absent."),
        content: {
          kind: "object",
          doc: "What to copy for clusters without internet. Variables are not filled in here.",
          fields: {
            images: {
              kind: "list",
              doc: "Container images.",
              fields: { image: text("Image with its tag.") },
            },
            charts: {
              kind: "list",
              doc: "Helm charts.",
              fields: {
                repo: text("Address of the repository."),
                name: text("Name of the chart."),
                version: text("Version of the chart."),
              },
            },
          },
        },
        podCIDR: text(
          "Addresses of pods (Kubernetes layer). Must not overlap with services or your network.",
        ),
        serviceClusterIpRange: text("Addresses of services (Kubernetes layer)."),
        serviceDomain: text("DNS domain of the cluster (Kubernetes layer), `cluster.local` if absent."),
      },
    },
    charts: map("Values of the pack's Helm charts, by chart."),
    manifests: map("Values of the pack's manifests, by manifest."),
    kubeadmconfig: map("Settings of kubeadm, for operating system and Kubernetes layers."),
  },
};
