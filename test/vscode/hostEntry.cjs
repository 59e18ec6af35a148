// What the extension host loads in place of the suite: runs the suite and leaves a record of how it ended. The
// workbench reports exit 0 when the extension host process crashes; without a record that would look green.
const fs = require('node:fs');

const record = (outcome) => fs.writeFileSync(process.env.VSCODE_TEST_HOST_RECORD, JSON.stringify(outcome));

exports.run = async () => {
  try {
    await require(process.env.VSCODE_TEST_HOST_ENTRY).run();
    record({ ok: true });
  } catch (error) {
    record({ ok: false, error: String(error?.stack ?? error) });
    throw error;
  }
};
