import * as vscode from "vscode";
import type { FleetWatch } from "../connection/fleetWatch.ts";

/** Keeps the watch of the management cluster running while somebody sees `view`. */
export function holdWhileVisible(
  view: Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">,
  fleet: FleetWatch,
): vscode.Disposable {
  let hold: vscode.Disposable | undefined;
  const follow = (visible: boolean): void => {
    if (visible) {
      hold ??= fleet.hold();
    } else {
      hold?.dispose();
      hold = undefined;
    }
  };
  const subscription = view.onDidChangeVisibility(({ visible }) => follow(visible));
  follow(view.visible);
  return new vscode.Disposable(() => {
    subscription.dispose();
    follow(false);
  });
}
