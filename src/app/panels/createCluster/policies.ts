import type { FormSection } from "../../../shared/form.ts";
import type { FormModel } from "./model.ts";

/** The layer that makes backups. */
const BACKUP = /^velero(?:-|$)/;

/**
 * What the cluster does by schedule (design.md, Policies): backups, by a layer of the profile. Their schedules are values
 * of that layer, so they are written where those are.
 */
export function policiesOf({ profile }: FormModel): FormSection | null {
  if (profile.kind !== "usable") {
    return null;
  }
  const { name: profileName, layers } = profile.profile;
  const layer = layers.find(({ name }) => BACKUP.test(name));
  return {
    id: "policies",
    title: "Policies",
    note: "",
    items: [
      {
        kind: "group",
        id: "backups",
        title: layer === undefined ? "Backups: not possible with this profile" : "Backups: by Velero",
        folded: true,
        items: [
          layer === undefined
            ? {
                kind: "note",
                severity: "info",
                text: `Backups are made by a backup layer on the cluster. Add Velero to ${profileName} to schedule them.`,
                buttons: [{ label: "Open Profile", action: "openProfile", argument: null }],
              }
            : {
                kind: "note",
                severity: "info",
                text: `What is backed up, when and where to stands in the values of layer ${layer.name}, under schedules and configuration.`,
                buttons: [{ label: "Edit Values", action: "editLayer", argument: layer.name }],
              },
        ],
      },
    ],
  };
}
