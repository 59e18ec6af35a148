// Mocha's spec reporter, which also leaves the counts in the file that BURN_METER_TALLY names: the one place where
// the runner learns how a suite ended, wherever it ran.
const fs = require('node:fs');
const { default: Mocha = require('mocha') } = require('mocha');

module.exports = class Tally extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const counts = { passed: passes, failed: failures, skipped: pending };
      if (process.env.BURN_METER_TALLY) fs.writeFileSync(process.env.BURN_METER_TALLY, JSON.stringify(counts));
    });
  }
};
