const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Something in OpenStack by its ID, or looked up by its name. */
export function reference(nameOrId: string): object {
  return ID.test(nameOrId) ? { id: nameOrId } : { filter: { name: nameOrId } };
}

/** As `reference`; nothing stays nothing. */
export function maybeReference(nameOrId: string | undefined): object | undefined {
  return nameOrId === undefined ? undefined : reference(nameOrId);
}
