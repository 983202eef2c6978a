/** Azure's names of VM sizes tell what they are: letters behind the number of cores, older ones before it. */
const FEATURES = /^[A-Za-z]+_([A-Za-z]+)\d+(?:-\d+)?([a-z]*)/;

/** Arm processors: a p behind the number of cores. */
export function isArm(size: string): boolean {
  return FEATURES.exec(size)?.[2]?.includes("p") === true;
}

/** Premium disks: an s behind the number of cores, or as in DS2 before it. */
export function takesPremiumDisks(size: string): boolean {
  const [, family = "", features = ""] = FEATURES.exec(size) ?? [];
  return features.includes("s") || /^[A-Z]+S$/.test(family);
}
