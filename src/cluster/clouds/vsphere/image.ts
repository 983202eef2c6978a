import { imageName } from "../../machines/images.ts";
import type { CloudInput } from "../cloud.ts";
import { configOf } from "../config.ts";
import type { Placement, VsphereConfig } from "./config.ts";

/** Path of the template that machines are cloned from. */
export function templateOf(input: CloudInput, { imageTemplateFolder }: Placement): string {
  const name = configOf<VsphereConfig>(input.request.cloudConfig).template ?? imageName(input);
  return imageTemplateFolder === undefined || name.includes("/") ? name : `${imageTemplateFolder}/${name}`;
}
