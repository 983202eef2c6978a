// The Cluster API providers whose CRDs the tests read from the module cache; nothing is built from this.
// metal3 is missing from the public checksum database: its sum here comes from the first download.
module palette-onboarding/test/engine/clouds/providers

go 1.26.0

require (
	github.com/k3s-io/cluster-api-k3s v0.3.1
	github.com/metal3-io/cluster-api-provider-metal3 v1.13.2
	github.com/oracle/cluster-api-provider-oci v0.24.0
	github.com/tinkerbell/cluster-api-provider-tinkerbell v0.7.0
	sigs.k8s.io/cluster-api-provider-aws/v2 v2.11.1
	sigs.k8s.io/cluster-api-provider-azure v1.26.0
	sigs.k8s.io/cluster-api-provider-cloudstack v0.6.1
	sigs.k8s.io/cluster-api-provider-gcp v1.12.0
	sigs.k8s.io/cluster-api-provider-kubevirt v0.11.2
	sigs.k8s.io/cluster-api-provider-openstack v0.14.7
	sigs.k8s.io/cluster-api-provider-vsphere v1.16.1
)
