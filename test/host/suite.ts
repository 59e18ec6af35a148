// The entry that VS Code loads in its extension host.
import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import Tally from '../tally.cjs';

/** Rejects when a test failed or none ran. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, reporter: Tally });
  for (const file of fs.readdirSync(__dirname)) {
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.once('end', () => {
      if (runner.stats?.tests === 0) resolve(1);
    });
  });
  if (failures > 0) throw new Error(`${failures} in-host tests failed or none ran`);
}
