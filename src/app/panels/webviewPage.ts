import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { pageHtml } from "./page.ts";

/** Loads the page `name` of dist/webview into a webview, which may read nothing but that folder. */
export function loadPage(webview: vscode.Webview, extension: vscode.Uri, name: string, title: string): void {
  const folder = vscode.Uri.joinPath(extension, "dist", "webview");
  const file = (path: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, path)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  webview.html = pageHtml({
    title,
    script: file(`${name}.js`),
    style: file(`${name}.css`),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString("base64"),
  });
}
