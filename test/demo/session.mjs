// @ts-check
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createBill } from './bill.mjs';
import { createChance, createFiller } from './chance.mjs';

/**
 * @typedef {object} Session what one sitting with an agent is like
 * @property {number} start ms since the epoch
 * @property {number} turns
 * @property {number} longest most calls of a turn
 * @property {number} longestPause seconds between turns
 * @property {string} model
 * @property {string} effort
 * @property {string} cwd
 * @property {string} branch
 * @property {string} title
 * @property {boolean} hourCache one-hour cache writes, as on a subscription; five minutes with an API key
 * @property {number} baseContext tokens of the preamble
 * @property {number} subagents chance of one after a call
 * @property {string | null} plan
 */

/**
 * What a writer of one session needs.
 * @typedef {Pick<MonthWorld, 'chance' | 'now' | 'offsetMinutes' | 'bill' | 'filler' | 'open'>} World
 * @typedef {ReturnType<typeof createWorld>} MonthWorld
 */

/**
 * Everything the writers share: chance, the present, files, the bill.
 * @param {{ out: string, seed: number, now: number, offsetMinutes: number, fillerBytes: number }} options
 */
export function createWorld({ out, seed, now, offsetMinutes, fillerBytes }) {
  const chance = createChance(seed);
  const fill = createFiller(createChance(seed + 1));
  const ledger = createBill();
  const written = { files: 0, bytes: 0 };
  return {
    chance,
    now,
    offsetMinutes,
    bill: ledger.add,
    total: ledger.bill,
    written,
    filler: () => (fillerBytes > 0 ? fill(chance.skewed(fillerBytes)) : ''),
    /** @param {string} name below the home, with `/` */
    open(name) {
      /** @type {string[]} */
      const lines = [];
      return {
        /** @param {Record<string, unknown>} record */
        write(record) {
          lines.push(JSON.stringify(record));
        },
        close() {
          const file = path.join(out, name);
          const text = `${lines.join('\n')}\n`;
          fs.mkdirSync(path.dirname(file), { recursive: true });
          fs.writeFileSync(file, text);
          written.files += 1;
          written.bytes += Buffer.byteLength(text);
        },
      };
    },
  };
}
