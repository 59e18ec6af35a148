import * as vscode from 'vscode';

/** Where the page's files lie; nothing else of the machine is readable from it. */
export function panelRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist')];
}

/** The webview's document: one script, one style sheet, no network, no other file. */
export function panelPage(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'panel.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'panel.css'));
  // Bars and the chart's reading aid are sized by inline styles, hence 'unsafe-inline' for those; scripts need the nonce.
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'unsafe-inline'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${style.toString()}">
  <title>Burn Meter</title>
</head>
<body>
  <main id="app"></main>
  <script nonce="${nonce}" src="${script.toString()}"></script>
</body>
</html>`;
}
