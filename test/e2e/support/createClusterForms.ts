/** The form of *Create Cluster* in each of its states, as the host would describe it for AWS. */
import type { CreateClusterForm, CreatePool } from "../../../src/shared/createCluster.ts";
import type { FieldMessage, FieldPath, FormField, FormItem } from "../../../src/shared/form.ts";

const error = (text: string, quote: string | null = null): FieldMessage => ({
  severity: "error",
  text,
  quote,
});

function field(
  path: FieldPath,
  label: string,
  control: FormField["control"],
  rest: Partial<FormField> = {},
): FormField {
  return {
    kind: "field",
    path,
    label,
    help: "",
    optional: false,
    control,
    messages: [],
    wide: false,
    buttons: [],
    ...rest,
  };
}

const text = (value: string, ...suggestions: string[]): FormField["control"] => ({
  type: "text",
  value,
  suggestions: suggestions.map((each) => ({ value: each, label: each })),
  placeholder: "",
});
const number = (value: string, min = 0): FormField["control"] => ({
  type: "number",
  value,
  min,
  max: null,
  whole: true,
  placeholder: "60",
});
const select = (value: string, ...options: string[]): FormField["control"] => ({
  type: "select",
  value,
  groups: [{ label: "", options: options.map((each) => ({ value: each, label: each })) }],
});

interface Wrong {
  readonly name?: FieldMessage;
  readonly region?: FieldMessage;
  readonly type?: FieldMessage;
  readonly disk?: FieldMessage;
}
const messages = (found: FieldMessage | undefined) => (found === undefined ? [] : [found]);

function pool(index: number, name: string, isControlPlane: boolean, wrong: Wrong): CreatePool {
  const at = (...rest: (string | number)[]) => ["spec", "machinePools", index, ...rest];
  return {
    path: at(),
    title: name,
    name: field(at("poolConfig", "name"), "Name", text(name)),
    size: field(
      at("poolConfig", "size"),
      "Machines",
      isControlPlane ? select("3", "1", "3", "5") : number("2"),
    ),
    autoscaling: isControlPlane
      ? "Not possible"
      : {
          min: field(at("poolConfig", "minSize"), "Autoscale from", number("2"), { optional: true }),
          max: field(at("poolConfig", "maxSize"), "Autoscale to", number("6"), { optional: true }),
        },
    cells: [
      field(
        at("cloudConfig", "instanceType"),
        "Instance type",
        text("m6i.xlarge", "m6i.large", "m6i.xlarge", "c6i.xlarge"),
        {
          messages: isControlPlane ? [] : messages(wrong.type),
        },
      ),
      field(at("cloudConfig", "rootDeviceSize"), "Disk, GiB", number(isControlPlane ? "60" : "4", 8), {
        optional: true,
        messages: isControlPlane ? [] : messages(wrong.disk),
      }),
    ],
    more: [
      field(at("cloudConfig", "azs"), "Zones", text("eu-central-1a, eu-central-1b"), {
        optional: true,
        help: "Two zones make two machine deployments.",
      }),
      field(
        at("poolConfig", "updateStrategy", "type"),
        "Update strategy",
        select("Add first, then remove", "Add first, then remove"),
      ),
      field(at("poolConfig", "additionalLabels"), "Labels", text("pool=workers"), { optional: true }),
      field(at("poolConfig", "taints"), "Taints", text(""), {
        optional: true,
        help: "Like key=value:NoSchedule.",
      }),
      {
        kind: "list",
        path: at("cloudConfig", "disks"),
        title: "More disks",
        help: "Attached to each machine.",
        item: "Disk",
        rows: [[field(at("cloudConfig", "disks", 0, "size"), "Size, GiB", number("100"))]],
        messages: [],
      },
    ],
    messages: [],
    fixed: isControlPlane ? "a cluster has one control plane" : null,
  };
}

const yaml = `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: prod-eu-1
  namespace: team-platform
spec:
  cloudType: aws
  cloudAccount: aws-creds
  cloudConfig:
    region: eu-central-1
    bastionDisabled: true
  # The profile decides the layers.
  profiles:
    - name: aws-production
      version: 1.2.0
      packValues:
        - name: cni-cilium-oss
          values: |
            operator:
              replicas: 2
  machinePools:
    - poolConfig:
        name: control-plane
        isControlPlane: true
        size: 3
`;

function form(wrong: Wrong, rest: Partial<CreateClusterForm>): CreateClusterForm {
  const profile: FormItem[] = [
    field(
      ["@profile"],
      "Cluster profile",
      {
        type: "select",
        value: "file:aws-production.profile.yaml",
        groups: [
          {
            label: "Workspace",
            options: [
              {
                value: "file:aws-production.profile.yaml",
                label: "aws-production 1.2.0, aws-production.profile.yaml",
              },
            ],
          },
          {
            label: "Out of the box",
            options: [{ value: "preset:aws", label: "AWS, Ubuntu, Cilium, EBS 1.0.0" }],
          },
        ],
      },
      {
        wide: true,
        help: "Full profile for AWS, 8 layers, no problems. Version 1.2.0 is published when the cluster is created.",
        buttons: [
          { label: "Open Profile", action: "openProfile", argument: null },
          { label: "New Profile", action: "newProfile", argument: null },
        ],
      },
    ),
    {
      kind: "stack",
      label: "Layers, last installed first",
      layers: [
        { icon: "pulse", title: "Prometheus operator 88.5.3", mandatory: false },
        { icon: "database", title: "Amazon EBS CSI 1.64.0", mandatory: true },
        { icon: "globe", title: "Cilium 1.20.1", mandatory: true },
        { icon: "server-process", title: "Kubernetes 1.36.4", mandatory: true },
        { icon: "vm", title: "Ubuntu 24.04", mandatory: true },
      ],
    },
    {
      kind: "facts",
      id: "decided",
      title: "What the layers decide: image, versions, networks",
      facts: [
        {
          term: "Machine image",
          text: "Will be looked up as AMI capa-ami-ubuntu-24.04-1.36.4-* of account 819546954734",
        },
        { term: "Kubernetes", text: "1.36.4 by kubeadm" },
        { term: "Pod range", text: "192.168.0.0/16, from the Kubernetes layer" },
        { term: "Service range", text: "10.96.0.0/12, from the Kubernetes layer" },
        {
          term: "Firewall",
          text: "Cilium: TCP 4240, 4244; UDP 8472, 6081, 51871; ICMP; IPsec between machines",
        },
      ],
    },
  ];
  return {
    seq: 0,
    title: "Create cluster",
    facts: ["Management cluster mgmt-eu", "Namespace team-platform"],
    headButtons: [{ label: "Change Management Cluster", action: "changeManagementCluster", argument: null }],
    notice: null,
    summary: null,
    environment: {
      tone: "pass",
      text: "ready for AWS, 1 note",
      checks: [
        { tone: "pass", text: "AWS provider 2.11.1" },
        { tone: "info", text: "Provider contract v1beta1 ends with Cluster API 1.16, April 2027" },
      ],
      buttons: [{ label: "Check Again", action: "checkEnvironment", argument: null }],
    },
    sections: [
      { id: "profile", title: "Profile", note: "", items: profile },
      {
        id: "cluster",
        title: "Cluster",
        note: "",
        items: [
          field(["metadata", "name"], "Name", text("prod-eu-1"), {
            help: "Free on mgmt-eu.",
            messages: messages(wrong.name),
          }),
          field(["metadata", "namespace"], "Namespace", text("team-platform", "team-platform", "team-shop")),
          field(["metadata", "labels"], "Labels", text("env=production"), {
            optional: true,
            help: "Pairs like key=value, with commas between.",
          }),
        ],
      },
      {
        id: "cloud",
        title: "AWS",
        note: "",
        items: [
          field(
            ["spec", "cloudAccount"],
            "Cloud account",
            select("aws-creds, static keys", "aws-creds, static keys", "platform-role, role"),
            {
              wide: true,
              buttons: [{ label: "New Cloud Account", action: "newCloudAccount", argument: null }],
            },
          ),
          field(["spec", "cloudConfig", "region"], "Region", text("eu-central-1", "eu-central-1"), {
            messages: messages(wrong.region),
          }),
          field(
            ["spec", "cloudConfig", "bastion"],
            "Create a bastion host",
            { type: "checkbox", value: true },
            {
              help: "A machine to reach the others by SSH.",
            },
          ),
          {
            kind: "group",
            id: "access",
            title: "Access",
            folded: false,
            items: [
              field(["spec", "cloudConfig", "sshKeyName"], "SSH key", text(""), {
                optional: true,
                help: "Empty means no key.",
              }),
            ],
          },
          {
            kind: "group",
            id: "cloud-more",
            title: "More settings",
            folded: true,
            items: [
              field(
                ["spec", "cloudConfig", "userData"],
                "Certificate",
                {
                  type: "lines",
                  value: "",
                  placeholder: "",
                },
                { optional: true, wide: true },
              ),
            ],
          },
        ],
      },
    ],
    pools: {
      columns: ["Instance type", "Disk, GiB"],
      rows: [pool(0, "control-plane", true, wrong), pool(1, "workers", false, wrong)],
      messages: [],
      notes: [
        {
          kind: "note",
          severity: "info",
          text: "Autoscale bounds take effect once the profile has the cluster autoscaler.",
          buttons: [{ label: "Add Layer", action: "addLayer", argument: null }],
        },
      ],
    },
    sectionsAfter: [
      {
        id: "variables",
        title: "Profile variables",
        note: "",
        items: [
          field(["@variable", "app_namespace"], "Application namespace", text("shop")),
          field(
            ["@variable", "grafana_password"],
            "Grafana admin password",
            { type: "secret", state: "given" },
            {
              help: "Goes to a Secret on mgmt-eu. It is not in the request and is asked again after a reload.",
            },
          ),
        ],
      },
    ],
    layers: ["Cilium", "Amazon EBS CSI", "Prometheus", "Fluent Bit", "Dex", "MetalLB"].map(
      (title, index) => ({
        name: title.toLowerCase(),
        title,
        version: `1.${index}.0`,
        changed: index === 0 ? ["hubble.ui.enabled", "operator.replicas"] : [],
      }),
    ),
    policies: {
      id: "policies",
      title: "Policies",
      note: "",
      items: [
        {
          kind: "group",
          id: "backups",
          title: "Backups: not possible with this profile",
          folded: true,
          items: [
            {
              kind: "note",
              severity: "info",
              text: "Backups are made by a backup layer on the cluster. Add Velero to aws-production to schedule them.",
              buttons: [{ label: "Open Profile", action: "openProfile", argument: null }],
            },
          ],
        },
      ],
    },
    preview: {
      file: "prod-eu-1.cluster.yaml",
      text: yaml,
      hits: wrong.region === undefined ? [] : [10],
      objects: [
        {
          kind: "ConfigMap",
          name: "profile-aws-production-1.2.0",
          note: "shared by all clusters of this version",
          tone: null,
          state: "Not asked",
        },
        {
          kind: "AWSCluster",
          name: "prod-eu-1",
          note: "",
          tone: wrong.region === undefined ? "pass" : "error",
          state: wrong.region === undefined ? "Accepted" : "Refused: region",
        },
      ],
      noObjects: "",
      badge: "21",
    },
    phase: "editing",
    showAll: false,
    canCreate: true,
    status: { tone: "pass", text: "Accepted by mgmt-eu at 2:04 PM: 21 objects." },
    ...rest,
  };
}

/** Each state by its name in mocks/create-cluster.html, and those that the mock does not draw. */
export const FORMS: Readonly<Record<string, CreateClusterForm>> = {
  ready: form({}, {}),
  typing: form(
    {
      name: error("Cluster prod-eu exists in team-platform. Choose another name."),
      disk: error("Disk must be at least 8 GiB, the smallest that AWS machines start with."),
    },
    {
      canCreate: false,
      status: { tone: "error", text: "2 fields need a change: name, disk of workers." },
    },
  ),
  refused: form(
    {
      region: error(
        "Refused by mgmt-eu:",
        "ValidatingAdmissionPolicy 'region-allowlist' denied request: region must be one of eu-central-1, eu-north-1",
      ),
      type: error("Refused by mgmt-eu:", "policy restrict-instance-types: only m6i and c6i may be used"),
    },
    {
      canCreate: false,
      showAll: true,
      summary: {
        id: 1,
        title: "The management cluster would refuse 3 of 21 objects",
        items: [
          {
            path: ["spec", "cloudConfig", "region"],
            label: "Region",
            text: "policy region-allowlist allows eu-central-1 and eu-north-1.",
          },
          {
            path: ["spec", "machinePools", 1, "cloudConfig", "azs"],
            label: "Machine pool workers, zones",
            text: "not one of the region.",
          },
          {
            path: null,
            label: "MachineDeployment prod-eu-1-workers-a",
            text: "quota team-platform is used up. No field can solve this. Ask an administrator of mgmt-eu.",
          },
        ],
      },
      status: {
        tone: "error",
        text: "3 objects refused at 2:02 PM. Change the fields, then validate again.",
      },
    },
  ),
  blocked: form(
    {},
    {
      canCreate: false,
      notice: {
        tone: "error",
        title: "mgmt-eu cannot create AWS clusters yet",
        text: "The AWS infrastructure provider is not installed. Install version 2.11.1, or choose a profile for a cloud that mgmt-eu has: Docker, vSphere.",
        buttons: [
          { label: "Preview Provider Objects", action: "installProvider", argument: null },
          {
            label: "Copy clusterctl Command",
            action: "copyText",
            argument: "clusterctl init --infrastructure aws",
          },
          { label: "Check Again", action: "checkEnvironment", argument: null },
        ],
        progress: null,
      },
      environment: {
        tone: "error",
        text: "provider missing, 4 other checks passed",
        checks: [{ tone: "error", text: "AWS provider not found" }],
        buttons: [],
      },
      status: { tone: "error", text: "The AWS provider is missing on mgmt-eu." },
    },
  ),
  applying: form(
    {},
    {
      phase: "creating",
      notice: {
        tone: "sync",
        title: "Creating 21 objects",
        text: "14 of 21 applied. Now: MachineDeployment prod-eu-1-workers-a. Stopping removes what is only for prod-eu-1; the published profile stays.",
        buttons: [],
        progress: { done: 14, total: 21 },
      },
      status: { tone: "sync", text: "Creating objects, 14 of 21." },
    },
  ),
  broken: form(
    {},
    {
      canCreate: false,
      notice: {
        tone: "warning",
        title: "Line 7 of the request cannot be read",
        text: "The form shows the last state that could be read, and follows again when the text can be read.",
        buttons: [{ label: "Edit as YAML", action: "editYaml", argument: null }],
        progress: null,
      },
      status: { tone: "warning", text: "The request cannot be read." },
    },
  ),
  validating: form(
    {},
    { phase: "validating", status: { tone: "sync", text: "Asking mgmt-eu about 21 objects." } },
  ),
  empty: form(
    {},
    {
      environment: null,
      sections: [
        {
          id: "profile",
          title: "Profile",
          note: "",
          items: [
            field(["@profile"], "Cluster profile", select("", "Choose a profile"), {
              wide: true,
              help: "A profile decides the layers of the cluster, from the operating system up.",
              buttons: [{ label: "New Profile", action: "newProfile", argument: null }],
            }),
          ],
        },
      ],
      pools: null,
      sectionsAfter: [],
      layers: [],
      policies: null,
      preview: {
        file: "untitled",
        text: "",
        hits: [],
        objects: [],
        noObjects: "Objects appear once a profile is chosen.",
        badge: "",
      },
      canCreate: false,
      status: { tone: null, text: "Choose a profile to begin." },
    },
  ),
};
