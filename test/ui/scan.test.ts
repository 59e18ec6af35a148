// The first reading of a big home: shown, cancelled, resumed, and in the end equal to the bill.
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { generate } from '../demo/generate.mjs';
import { item, itemReads, openStage, panel, pictureOnFailure, runCommand } from './stage.ts';
import type { Stage } from './stage.ts';

describe('the first scan', function () {
  this.timeout(180_000);
  let stage: Stage;
  let page: Page;
  let calls = '';

  before(async () => {
    stage = await openStage({
      prepare(home) {
        const options = { out: home, now: Date.now(), root: path.join(home, 'work'), seed: 12, bytes: 400e6 };
        calls = generate(options).bill.calls.toLocaleString('en');
      },
    });
    page = await stage.openWindow();
  });
  afterEach(function () {
    return pictureOnFailure(this.currentTest, [page]);
  });
  after(() => stage.dispose());

  it('shows how far it is, and stops when told', async () => {
    await itemReads(page, /\d+%/);
    await runCommand(page, 'cancelScan');
    await item(page).filter({ hasNotText: '%' }).waitFor();
    await item(page).click();
    await panel(page).getByTestId('scan').getByText('Resume').waitFor();
  });

  it('goes on where it stopped and ends on the bill', async () => {
    await panel(page).getByTestId('scan').getByText('Resume').click();
    await panel(page).locator('[data-testid="period"] [data-span="all"]').click();
    const value = panel(page).getByTestId('headline-calls').locator('.value');
    await value.getByText(calls, { exact: true }).waitFor({ timeout: 150_000 });
    await panel(page).getByTestId('scan').waitFor({ state: 'hidden' });
  });
});
