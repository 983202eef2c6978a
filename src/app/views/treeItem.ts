import * as vscode from "vscode";
import type { Row } from "./clusterNodes.ts";

/** Turns a row into VS Code's item. Text from a cluster is appended as text, so no link or command in it lives. */
export function treeItem(row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(
    row.label,
    row.unfolded === undefined
      ? vscode.TreeItemCollapsibleState.None
      : row.unfolded
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = row.id;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon,
    row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
  );
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.spoken };
  item.tooltip = tooltip(row.tooltip);
  return item;
}

function tooltip([title, ...lines]: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  markdown
    .appendMarkdown("**")
    .appendText(title ?? "")
    .appendMarkdown("**");
  for (const line of lines) {
    markdown.appendMarkdown("\n\n").appendText(line);
  }
  return markdown;
}
