// @ts-check
// `npm test`: everything that can be checked on one machine, from a clean clone, with Node ≥ 20 and npm.
//   node test/run.mjs [unit | host | ui | package | clients | bench | bench:live | bench:relay | bench:snapshot | bench:tokens]
// Its last line is `N passed, M failed`; the exit code says the same.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { npmQuietly, run } from './vscode/command.mjs';
import { bin, node22, node24, repo, results, vsix } from './vscode/places.mjs';

/** Bytes. */
const budgets = {
  'dist/extension.cjs': 150_000,
  'dist/panel.js': 450_000,
  'dist/engine.js': 460_000,
  'dist/cliRun.js': 340_000,
  'dist/tokens.js': 110_000,
  'burn-meter.vsix': 4_000_000,
};

const count = { passed: 0, failed: 0 };
const command = process.argv[2] ?? 'all';
/** @type {Record<string, () => Promise<void>>} */
const commands = {
  all,
  unit,
  host,
  ui,
  package: packaged,
  clients,
  bench,
  'bench:live': benchLive,
  'bench:relay': benchRelay,
  'bench:snapshot': benchSnapshot,
  'bench:tokens': benchTokens,
};
const chosen = commands[command];
if (!chosen) throw new Error(`unknown command ${command}; one of ${Object.keys(commands).join(', ')}`);

process.chdir(repo);
await install();
await chosen();
if (!command.startsWith('bench')) {
  console.log(`\n${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
}

async function all() {
  await build();
  await step('types', () => run('npm', ['run', '--silent', 'check']));
  await step('lint and format', () => run('npm', ['run', '--silent', 'lint']));
  await makePackage();
  await unitSuites();
  await hostSuite();
  await uiSuite();
}

async function unit() {
  await build();
  await unitSuites();
}

async function host() {
  await build();
  await hostSuite();
}

async function ui() {
  await build();
  await makePackage();
  await uiSuite();
}

async function packaged() {
  await build();
  await makePackage();
}

/** Against real agent clients, which are installed for it; arguments are mocha's. */
async function clients() {
  await build();
  await makePackage();
  await suite('clients', (tally) =>
    run(node24(), ['test/clients/main.ts', ...process.argv.slice(3)], { env: { ...process.env, ...tally } }),
  );
}

async function bench() {
  await build();
  await run(node24(), ['test/bench/scan.ts', ...process.argv.slice(3)]);
}

async function benchLive() {
  await build();
  await makePackage();
  await run(node24(), ['test/bench/live.ts', ...process.argv.slice(3)]);
}

async function benchRelay() {
  await build();
  await run(node24(), ['test/bench/relay.ts', ...process.argv.slice(3)]);
}

async function benchSnapshot() {
  await build();
  await run(node24(), ['test/bench/snapshot.ts']);
}

async function benchTokens() {
  await build();
  await run(node24(), ['test/bench/tokens.ts']);
}

async function install() {
  const done = path.join(repo, 'node_modules/.package-lock.json');
  if (fs.existsSync(done)) return;
  console.log('Installing packages …');
  await run('npm', ['ci', '--ignore-scripts', ...npmQuietly], { cwd: repo });
}

function build() {
  return step('build', () => run(process.execPath, ['esbuild.mjs']));
}

async function makePackage() {
  await step('package', async () => {
    const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
    await run(node24(), [bin('@vscode/vsce/vsce'), ...args, '--out', vsix], { quiet: true });
  });
  for (const [file, limit] of Object.entries(budgets)) {
    await step(`${file} within ${limit / 1000} kB`, () => {
      const { size } = fs.statSync(file);
      if (size > limit) throw new Error(`${file} has ${size} bytes, ${size - limit} more than its budget`);
    });
  }
}

async function unitSuites() {
  await mocha('unit', node24(), ['test/unit/**/*.test.ts', 'test/demo/**/*.test.ts']);
  const oldest = node22();
  const types = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  if (oldest) await mocha('unit, engine on the oldest Node', oldest, ['test/unit/engine/**/*.test.ts'], types);
}

async function hostSuite() {
  await step('build the in-host suite', () => run(process.execPath, ['test/host/build.mjs']));
  // The stand-in for `code` is started by its #! line.
  const env = { PATH: `${path.dirname(node24())}${path.delimiter}${process.env.PATH}` };
  await suite('in-host', (tally) =>
    run(node24(), ['test/vscode/host.mjs'], { env: { ...process.env, ...env, ...tally } }),
  );
}

function uiSuite() {
  return mocha('ui', node24(), ['test/ui/**/*.test.ts']);
}

/**
 * @param {string} name
 * @param {string} node
 * @param {readonly string[]} files
 * @param {readonly string[]} [flags]
 */
function mocha(name, node, files, flags = []) {
  // A machine that is busy with other things is no failure; nothing here is waited for by the clock.
  const args = [...flags, bin('mocha/bin/mocha.js'), '--timeout', '30000', '--reporter', 'test/tally.cjs', ...files];
  return suite(name, (tally) => run(node, args, { env: { ...process.env, ...tally } }));
}

/**
 * Runs a mocha suite and adds its counts. One that ran no test, or ended without a count, has failed.
 * @param {string} name
 * @param {(tally: { BURN_METER_TALLY: string }) => Promise<unknown>} start
 */
async function suite(name, start) {
  console.log(`\n── ${name} tests`);
  const file = path.join(results, `${name.replaceAll(/\W+/g, '-')}.json`);
  fs.mkdirSync(results, { recursive: true });
  fs.rmSync(file, { force: true });
  /** @type {unknown} */
  let failure = null;
  await start({ BURN_METER_TALLY: file }).catch((error) => (failure = error));
  const tally = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { passed: 0, failed: 0 };
  count.passed += tally.passed;
  count.failed += tally.failed;
  if (tally.passed + tally.failed > 0 && (failure === null || tally.failed > 0)) return;
  count.failed += 1;
  console.error(`✗ ${name}: ${failure instanceof Error ? failure.message : 'no test ran'}`);
}

/**
 * @param {string} name
 * @param {() => unknown} work
 */
async function step(name, work) {
  const start = performance.now();
  try {
    await work();
    count.passed += 1;
    console.log(`✓ ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    count.failed += 1;
    console.error(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
