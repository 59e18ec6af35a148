import type { HostFacts } from '../sources/source.ts';
import { connectMs, guardSeconds, relayNote, silentSeconds } from './relayLimits.ts';
import type { RelayPlaces } from './relayLimits.ts';

/** The relay for Windows, beside the one in JavaScript. `env` gives the folders that the path need not spell out. */
export function commandRelay({ node }: RelayPlaces, env: HostFacts['env']): string {
  // Batch files are read in the console's code page: what stands below the user's folder is named without its letters.
  const program = ['LOCALAPPDATA', 'USERPROFILE'].reduce((path, name) => {
    const folder = env[name];
    return folder && path.toLowerCase().startsWith(`${folder.toLowerCase()}\\`)
      ? `\0${name}\0${path.slice(folder.length)}`
      : path;
  }, node);
  return [
    '@echo off',
    `rem ${relayNote}`,
    'setlocal disabledelayedexpansion',
    'set ELECTRON_RUN_AS_NODE=1',
    // What a project wants of its own Node may not be there, or stop for a debugger.
    'set NODE_OPTIONS=',
    `"${program.replaceAll('%', '%%').replaceAll('\0', '%')}" "%~dp0relay.cjs" %1 %2 2>nul`,
    'exit /b 0',
    '',
  ].join('\r\n');
}

/** The relay in JavaScript, where there is no curl: does all that the one for `sh` does. Runs on any Node since 16. */
export function nodeRelay({ node, cli }: RelayPlaces): string {
  return `// ${relayNote}
'use strict';
const [fs, http, path, { spawnSync }] = ['fs', 'http', 'path', 'child_process'].map((name) => require(name));

const [agent, event, asker = process.ppid] = process.argv.slice(2);
const places = ${JSON.stringify({ node, cli })};
const windows = path.join(__dirname, 'windows');

process.on('uncaughtException', () => process.exit(0));
main().then(
  (reply) => process.stdout.write(reply.trimStart(), () => process.exit(0)),
  () => process.exit(0),
);

async function main() {
  const body = fs.readFileSync(0);
  for (const file of newestFirst()) {
    const reply = await ask(file, body).catch((error) => {
      // Refused or silent: nobody waits for it again, and a window that is alive after all comes back by itself.
      if (error.code === 'ECONNREFUSED' || error.message === 'silent') fs.rmSync(file, { force: true });
      return null;
    });
    if (reply !== null) return reply;
  }
  return guard(body);
}

function newestFirst() {
  if (!fs.existsSync(windows)) return [];
  const files = fs.readdirSync(windows).filter((name) => /^\\d+$/.test(name) && isAlive(Number(name)));
  const dated = files.flatMap((name) => {
    const file = path.join(windows, name);
    const found = fs.lstatSync(file, { throwIfNoEntry: false });
    // Nobody else's word is taken; Windows has no such numbers.
    const isOurs = found !== undefined && found.isFile() && (!process.getuid || found.uid === process.getuid());
    return isOurs ? [{ file, at: found.mtimeMs }] : [];
  });
  return dated.sort((a, b) => b.at - a.at).map(({ file }) => file);
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function ask(file, body) {
  const [, port, authorization] = /^# (\\d+)\\nheader = "Authorization: (Bearer \\w+)"\\n/.exec(fs.readFileSync(file, 'utf8'));
  const headers = { authorization, 'content-type': 'application/json', 'content-length': body.length, 'x-burn-meter-for': asker };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method: 'POST', path: '/v1/hook/' + agent + '/' + event, headers, agent: false };
    const request = http.request(options, (response) => {
      let reply = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (reply += chunk));
      response.on('error', reject);
      response.on('end', () => (response.statusCode === 200 && response.complete ? resolve(reply) : reject(new Error())));
    });
    const connecting = setTimeout(() => request.destroy(new Error('silent')), ${connectMs});
    request.on('socket', (socket) => socket.on('connect', () => clearTimeout(connecting)));
    request.setTimeout(${silentSeconds * 1000}, () => request.destroy(new Error('silent')));
    request.on('error', reject);
    request.end(body);
  });
}

// Only while a hard cap is set.
function guard(input) {
  if (!fs.existsSync(path.join(__dirname, 'guard.json'))) return '';
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' };
  const options = { input, env, timeout: ${guardSeconds * 1000}, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true };
  const { status, stdout } = spawnSync(places.node, [places.cli, 'guard', agent, event], options);
  return status === 0 ? stdout.toString() : '';
}
`;
}
