// Installs the clients, pinned, into a folder outside the checkout (about 1.5 GB): one that BURN_METER_CLIENTS names,
// else one in the system's temporary folder, which later runs find again.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { npmQuietly, run } from '../vscode/command.mjs';
import { clients } from './agents/index.ts';
import type { Client } from './agents/client.ts';

export const clientsFolder = (): string =>
  path.resolve(process.env['BURN_METER_CLIENTS'] ?? path.join(os.tmpdir(), `burn-meter-clients-${os.userInfo().uid}`));

export const installedIn = (client: Client): string => path.join(clientsFolder(), client.id);

export async function installClients(): Promise<void> {
  const folder = clientsFolder();
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (fs.statSync(folder).uid !== os.userInfo().uid) throw new Error(`${folder} belongs to someone else`);
  for (const client of clients) await install(client);
}

async function install(client: Client): Promise<void> {
  const cwd = installedIn(client);
  if (client.packages.every((name) => isInstalled(cwd, name)) && fs.existsSync(path.join(cwd, client.program))) return;
  console.log(`Installing ${client.packages[0]} …`);
  fs.mkdirSync(cwd, { recursive: true });
  fs.writeFileSync(path.join(cwd, 'package.json'), '{"private":true}');
  await run('npm', ['install', '--ignore-scripts', ...npmQuietly, ...client.packages], { cwd, quiet: true });
}

function isInstalled(folder: string, wanted: string): boolean {
  const at = wanted.lastIndexOf('@');
  const file = path.join(folder, 'node_modules', wanted.slice(0, at), 'package.json');
  if (!fs.existsSync(file)) return false;
  const manifest: { version?: string } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return manifest.version === wanted.slice(at + 1);
}
