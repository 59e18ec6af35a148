// @ts-check
// Runs the in-host suite through @vscode/test-electron: on the pinned VS Code server where that runs (linux-x64), else
// on a desktop VS Code that it downloads. VSCODE_TEST=electron chooses the desktop anywhere.
import * as path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { serverSupported } from './install.mjs';
import { repo } from './places.mjs';
import { environmentOf, removeFolder, temporaryFolder } from './profile.mjs';

const desktop = process.env.VSCODE_TEST === 'electron' || !serverSupported;
const vscodeExecutablePath = desktop
  ? await downloadAndUnzipVSCode({ version: 'stable' })
  : path.join(import.meta.dirname, 'code.mjs');
const home = temporaryFolder();
try {
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: repo,
    extensionTestsPath: path.join(repo, 'out/host/suite.cjs'),
    launchArgs: [home, '--disable-extensions'],
    extensionTestsEnv: { ...environmentOf(home), BURN_METER_TALLY: process.env.BURN_METER_TALLY },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  removeFolder(home);
}
