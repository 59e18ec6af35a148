// Writes what the extension host feels to the file that BURN_METER_PROBE names, twice a second: the delay of its event
// loop since the last `reset` file, and the spans that the meter itself measured.
const fs = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const vscode = require('vscode');

const ms = (nanoseconds) => nanoseconds / 1e6;

exports.activate = (context) => {
  const file = process.env.BURN_METER_PROBE;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const timer = setInterval(() => {
    if (fs.existsSync(`${file}.reset`)) {
      fs.rmSync(`${file}.reset`);
      delay.reset();
      return;
    }
    const spans = vscode.extensions.getExtension('burn-meter.burn-meter')?.exports?.spans?.() ?? null;
    const loop = {
      samples: delay.count,
      p50: ms(delay.percentile(50)),
      p99: ms(delay.percentile(99)),
      max: ms(delay.max),
    };
    fs.writeFileSync(`${file}.tmp`, JSON.stringify({ loop, spans }));
    fs.renameSync(`${file}.tmp`, file);
  }, 500);
  context.subscriptions.push({ dispose: () => clearInterval(timer) });
};
