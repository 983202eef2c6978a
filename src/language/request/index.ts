/** The language of cluster requests. A bundle of its own: it knows every cloud, and who writes profiles only does not need it. */
export { requestLanguage } from "./language.ts";
