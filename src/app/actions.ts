/** What is loaded with the first command or form: activation pays for the views alone. */
export { HANDLERS } from "./commands/index.ts";
export { CreateForms } from "./panels/createCluster/forms.ts";
export { ImportPanel } from "./panels/importCluster/panel.ts";
