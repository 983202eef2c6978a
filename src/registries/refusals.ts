import { PaletteError } from "../shared/errors.ts";
import type { HttpAnswer } from "./http.ts";

/** What an answer that is no success means for a registry. `what` is what was asked for. */
export function refusal({ status }: HttpAnswer, registry: string, what: string): PaletteError {
  switch (status) {
    case 401:
    case 403:
      return new PaletteError("Forbidden", `Registry ${registry} does not let Palette read ${what}`, {
        next: "Set its credentials.",
      });
    case 404:
      return new PaletteError("NotFound", `Registry ${registry} has no ${what}`, {
        next: "Check its address.",
      });
    case 429:
      return new PaletteError("Unreachable", `Registry ${registry} was asked too often`, {
        next: "It is asked again later.",
      });
    default:
      return new PaletteError("Refused", `Registry ${registry} answers ${status} for ${what}`, {
        next: "Check its address.",
      });
  }
}
