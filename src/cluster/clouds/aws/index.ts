import { machineCluster } from "../../machines/index.ts";
import type { Cloud } from "../cloud.ts";
import { cloudFields } from "../fields.ts";
import { AWS_IDENTITIES } from "./accounts.ts";
import { check } from "./check.ts";
import { awsCluster } from "./cluster.ts";
import fields from "./fields.json" with { type: "json" };
import { image } from "./image.ts";
import { machineTemplate, poolZones } from "./machines.ts";

const API_VERSION = "infrastructure.cluster.x-k8s.io/v1beta2";

/** EC2 machines by Cluster API Provider AWS (engines.md Appendix A, aws.yaml and rke2-aws.yaml). */
export const cloud: Cloud = {
  id: "aws",
  title: "AWS",
  fields: cloudFields(fields),
  provider: {
    name: "aws",
    title: "Cluster API Provider AWS",
    version: "2.11.1",
    kinds: [
      { apiVersion: API_VERSION, kind: "AWSCluster" },
      { apiVersion: API_VERSION, kind: "AWSMachineTemplate" },
    ],
  },
  identities: AWS_IDENTITIES,
  distributions: ["kubeadm", "rke2", "k3s"],
  cloudController: "aws-cloud-controller-manager",
  notes: [
    "The IAM roles of clusterawsadm must exist in the account.",
    "Published machine images are for trying things out; production builds its own.",
  ],
  opensPodNetwork: () => true,
  image,
  check,
  render: (input) =>
    machineCluster(input, {
      cluster: awsCluster(input),
      machineTemplate: (pool) => machineTemplate(input, pool),
      zones: poolZones,
      // The cloud controller finds machines by the private DNS name that AWS gives them.
      node: () => ({ name: "{{ ds.meta_data.local_hostname }}", externalCloudProvider: true }),
    }),
};
