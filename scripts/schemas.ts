/** Writes schemas/cluster-profile.schema.json from the table of fields in src/profile/shape.ts. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { profileSchema } from "../src/profile/json-schema.ts";
import { root } from "./bundles.ts";

await writeFile(
  resolve(root, "schemas/cluster-profile.schema.json"),
  `${JSON.stringify(profileSchema(), undefined, 2)}\n`,
);
