import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { relayCommand, relayFolder } from '../../../../src/core/hooks/relay.ts';
import type { HostFacts } from '../../../../src/core/sources/source.ts';
import { writeRelay } from '../../../../src/engine/preflight/relayFiles.ts';

// The installed line, run by real shells as agents run it, against servers of the test's own.

const shells = ['dash', 'bash', 'busybox'].filter((name) => spawnSync(name, ['--help']).error === undefined);
const token = 'feed'.repeat(16);
const hasCurl = spawnSync('curl', ['--version']).error === undefined;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How the relay reaches a window: by which shell, and with curl or with Node. */
const ways: readonly { name: string; shell: string; curl: boolean }[] = [
  ...(hasCurl ? shells.map((shell) => ({ name: `${shell} and curl`, shell, curl: true })) : []),
  { name: 'sh without curl', shell: 'sh', curl: false },
];

for (const { name, shell, curl } of process.platform === 'win32' ? [] : ways) {
  describe(`relay, ${name}`, function () {
    this.timeout(20_000);
    let base = '';
    let home = '';
    let path = '';
    const open: Server[] = [];
    const bodies: string[] = [];

    const host = (): HostFacts => ({ platform: 'linux', home, env: {} });
    const data = (): string => join(home, 'data');
    const folder = (): string => relayFolder(host(), data());
    const cli = (): string => join(base, 'cli.js');

    beforeEach(() => {
      base = mkdtempSync(join(tmpdir(), 'relay-'));
      home = join(base, 'it\'s "Kim" $HOME `né');
      writeRelay({ dataFolder: data(), host: host(), places: { node: process.execPath, cli: cli() } });
      const bin = toolsWith(shell, join(base, 'bin'));
      path = curl ? `${bin}${delimiter}${process.env['PATH'] ?? ''}` : bin;
      bodies.length = 0;
    });
    afterEach(() => {
      for (const server of open.splice(0)) server.close().closeAllConnections();
      rmSync(base, { recursive: true, force: true });
    });

    function run(input = '{"prompt":"hi"}', env: NodeJS.ProcessEnv = {}): Promise<Ran> {
      const line = relayCommand(host(), data(), 'owl')('Prompt').sh;
      return ran(join(base, 'bin', 'sh'), ['-c', line], input, { PATH: path, HOME: home, ...env });
    }

    async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
      const server = createServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        request.on('end', () => {
          bodies.push(body);
          answer(request, response);
        });
      });
      open.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      return address !== null && typeof address === 'object' ? address.port : 0;
    }

    /** A window's file; `age` in seconds. */
    function announce(port: number, { pid = process.pid, age = 0 } = {}): string {
      mkdirSync(join(folder(), 'windows'), { recursive: true });
      const file = join(folder(), 'windows', String(pid));
      writeFileSync(file, `# ${port}\nheader = "Authorization: Bearer ${token}"\n# {"any":"thing"}\n`);
      const at = 1_800_000_000 - age;
      utimesSync(file, at, at);
      return file;
    }

    function guardSays(script: string): void {
      writeFileSync(join(folder(), 'guard.json'), '{}');
      writeFileSync(cli(), script);
    }

    const silent: Ran = { code: 0, stdout: '', stderr: '' };

    it('hands the input on and prints the answer', async () => {
      let asked = '';
      announce(
        await serve((request, response) => {
          asked = `${request.method} ${request.url} ${request.headers.authorization}`;
          response.end('  {"no":"ü"}');
        }),
      );
      const input = `{"prompt":"ü \\\\n %s \\" ' $x \`y\`"}`;
      assert.deepEqual(await run(input), { ...silent, stdout: '{"no":"ü"}' });
      assert.deepEqual(bodies, [input]);
      assert.equal(asked, `POST /v1/hook/owl/Prompt Bearer ${token}`);
    });

    it('says for which process it asks: the one that the agent started', async () => {
      announce(await serve((request, response) => response.end(String(request.headers['x-burn-meter-for']))));
      const line = relayCommand(host(), data(), 'owl')('Prompt').sh;
      const { stdout } = await ran(join(base, 'bin', 'sh'), ['-c', `printf "$$ "; ${line}`], '{}', { PATH: path });
      assert.match(stdout, /^(\d+) \1$/);
    });

    it('hands megabytes on', async () => {
      announce(await serve((_, response) => response.end()));
      const input = JSON.stringify({ text: 'ü'.repeat(2_000_000) });
      assert.deepEqual(await run(input), silent);
      assert.equal(bodies[0] === input, true);
    });

    for (const code of [2, 26, 127]) {
      it(`does without a curl that fails with ${code}`, async () => {
        announce(await serve((_, response) => response.end('{}')));
        writeFileSync(join(base, 'bin', 'curl'), `#!/bin/sh\nexit ${code}\n`, { mode: 0o755 });
        assert.deepEqual(await run(), { ...silent, stdout: '{}' });
        assert.equal(bodies.length, 1);
      });
    }

    it('heeds no proxy and no settings of curl’s', async () => {
      announce(await serve((_, response) => response.end('{}')));
      writeFileSync(join(home, '.curlrc'), 'proxy = "http://127.0.0.1:9"\nwrite-out = "noise"\n');
      const env = { http_proxy: 'http://127.0.0.1:9', ALL_PROXY: 'http://127.0.0.1:9' };
      assert.equal((await run('{}', env)).stdout, '{}');
    });

    it('is silent where there is no window', async () => assert.deepEqual(await run(), silent));

    it('is silent where all of it is gone, and takes the input', async () => {
      rmSync(data(), { recursive: true });
      assert.deepEqual(await run('x'.repeat(3_000_000)), silent);
    });

    for (const status of [400, 401, 403, 413, 503]) {
      it(`is silent about an answer of ${status}, and asks the next window`, async () => {
        const file = announce(await serve((_, response) => response.writeHead(status).end('bad')));
        assert.deepEqual(await run(), silent);
        announce(await serve((_, response) => response.end('{}')), { pid: process.ppid, age: 60 });
        assert.deepEqual(await run(), { ...silent, stdout: '{}' });
        assert.equal(existsSync(file), true);
      });
    }

    it('is silent about half an answer', async () => {
      announce(
        await serve((_, response) => {
          response.write('{"half":');
          setImmediate(() => response.destroy());
        }),
      );
      assert.deepEqual(await run(), silent);
    });

    it('asks the window used last, and the next where nobody listens any more', async () => {
      const closed = await serve(() => undefined);
      await new Promise((resolve) => open.pop()?.close(resolve));
      const old = announce(await serve((_, response) => response.end('{"old":1}')), { pid: process.ppid, age: 60 });
      const gone = announce(closed);
      assert.equal((await run()).stdout, '{"old":1}');
      assert.deepEqual([existsSync(old), existsSync(gone)], [true, false]);
    });

    it('does not turn to a process that is dead', async () => {
      const dead = spawnSync(process.execPath, ['--version']).pid;
      announce(await serve((_, response) => response.end('{}')), { pid: dead });
      assert.deepEqual(await run(), silent);
      assert.deepEqual(bodies, []);
    });

    for (const [what, text] of [
      ['a command for a port', '# 80;rm -r /\n'],
      ['nothing in it', ''],
      ['no token', '# 9\n'],
      ['quotes and lines in its token', '# 9\nheader = "Authorization: Bearer a\\"\nurl = "http://127.0.0.1:9/"\n'],
      ['bytes that are no text', '\0\0\u0001\uFFFF'],
    ] as const) {
      it(`is not led astray by a window’s file with ${what}`, async () => {
        mkdirSync(join(folder(), 'windows'), { recursive: true });
        writeFileSync(join(folder(), 'windows', String(process.pid)), text);
        assert.deepEqual(await run(), silent);
        announce(await serve((_, response) => response.writeHead(503).end()), { pid: process.ppid, age: 60 });
        guardSays('process.stdout.write("guard")');
        assert.equal((await run()).stdout, 'guard');
        assert.equal(bodies.length, 1);
      });
    }

    it('believes no file of another user', async function () {
      if (process.getuid?.() !== 0) this.skip();
      const file = announce(await serve((_, response) => response.end('{}')));
      chownSync(file, 65_534, 65_534);
      assert.deepEqual(await run(), silent);
      assert.deepEqual(bodies, []);
    });

    it('does not heed what Node was told elsewhere', async () => {
      const env = { NODE_OPTIONS: '--require /gone/debugger.js' };
      guardSays('process.stdout.write("guard")');
      assert.equal((await run('{}', env)).stdout, 'guard');
      announce(await serve((_, response) => response.end('{}')));
      assert.equal((await run('{}', env)).stdout, '{}');
    });

    it('leaves a window that hangs', async () => {
      const script = join(folder(), curl ? 'relay.sh' : 'relay.cjs');
      // curl has two limits; the one that matters takes it seconds, so one shell must do for it.
      const forCurl = shell === shells[0] ? ['--speed-time 3', '--speed-time 1'] : ['-m 600', '-m 1'];
      const patience = curl ? forCurl : ['setTimeout(8000', 'setTimeout(100'];
      const text = readFileSync(script, 'utf8').replace(patience[0] ?? '', patience[1] ?? '');
      assert.notEqual(text, readFileSync(script, 'utf8'));
      writeFileSync(script, text);
      const hung = announce(await serve(() => undefined));
      announce(await serve((_, response) => response.end('{}')), { pid: process.ppid, age: 60 });
      assert.equal((await run()).stdout, '{}');
      assert.equal(existsSync(hung), false);
    });

    it('asks no guard without a hard cap', async () => {
      guardSays('process.stdout.write("no")');
      rmSync(join(folder(), 'guard.json'));
      assert.deepEqual(await run(), silent);
    });

    it('asks the guard where a hard cap is set and no window answers', async () => {
      guardSays(`process.stdin.pipe(process.stdout); process.stdout.write(process.argv.slice(2) + ' ')`);
      assert.deepEqual(await run('{"a":1}'), { ...silent, stdout: 'guard,owl,Prompt {"a":1}' });
      announce(await serve((_, response) => response.writeHead(503).end()));
      assert.equal((await run('{"a":2}')).stdout, 'guard,owl,Prompt {"a":2}');
    });

    for (const [what, script] of [
      ['that fails', 'process.stdout.write("half"); process.exitCode = 1'],
      ['that crashes', 'process.stdout.write("half"); throw new Error("owl")'],
      ['that is not JavaScript', ')'],
    ] as const) {
      it(`is silent about a guard ${what}`, async () => {
        guardSays(script);
        assert.deepEqual(await run(), silent);
      });
    }

    it('is silent where the editor is gone and a hard cap is set', async () => {
      writeRelay({ dataFolder: data(), host: host(), places: { node: join(base, 'gone'), cli: cli() } });
      guardSays('');
      assert.deepEqual(await run(), silent);
    });
  });
}

function ran(command: string, args: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  const child = spawn(command, args, { env });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    // Agents differ in how they take it when nobody reads what they say, so the relay always does.
    child.stdin.on('error', reject);
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
    child.stdin.end(input);
  });
}

/** A folder with the few programs that the relay calls, curl not among them, and this shell as `sh`. */
function toolsWith(shell: string, bin: string): string {
  mkdirSync(bin);
  symlinkSync(absolute(shell), join(bin, 'sh'));
  for (const name of ['cat', 'sleep', 'rm']) symlinkSync(absolute(name), join(bin, name));
  return bin;
}

function absolute(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name;
}
