/** Text of others as it is, in Markdown: no links, no images, no HTML. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#!|<>~&]/g, "\\$&");
}
