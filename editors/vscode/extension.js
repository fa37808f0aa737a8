// The whole extension: it starts `tocsin lsp` for Markdown documents. Plain CommonJS, because VS Code loads it as it is.
const { workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

exports.activate = async () => {
  const [command, ...args] = workspace.getConfiguration('tocsin').get('command');
  client = new LanguageClient(
    'tocsin',
    'Tocsin',
    { command, args: [...args, 'lsp'] },
    { documentSelector: [{ language: 'markdown' }] },
  );
  await client.start();
};

exports.deactivate = () => client?.stop();
