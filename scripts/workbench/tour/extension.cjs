// VS Code opens the walkthrough of an extension that is installed while its window is open. `npm start` installs
// before there is a window, so this stands in for that moment.
const vscode = require("vscode");

exports.activate = async ({ globalState }) => {
  if (globalState.get("opened") !== true) {
    await vscode.commands.executeCommand("palette.openWalkthrough");
    await globalState.update("opened", true);
  }
};
