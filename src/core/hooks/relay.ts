import { join } from '../sources/paths.ts';
import type { HostFacts } from '../sources/source.ts';
import type { RelayCommand } from './adapter.ts';

// The relay stands between an agent's hook and the windows: it hands the hook's input to the first window that answers
// and prints what that says. Whatever goes wrong it prints nothing and succeeds, and the agent goes on. Its texts may
// change with every version; the line that agents run may not, since some ask the user to review each change of it.

/** The relay's own folder in the data folder. */
export function relayFolder(host: HostFacts, dataFolder: string): string {
  return join(host, dataFolder, 'preflight');
}

/**
 * Builds the line that an agent runs for an event; it never changes for a machine. It succeeds and takes its input also
 * when the relay is gone. `sh` is for POSIX shells, fish and Git Bash; `windows` for cmd and PowerShell, where a
 * folder with `$`, `` ` `` or `%` in its name makes it do nothing.
 */
export function relayCommand(host: HostFacts, dataFolder: string, agent: string): RelayCommand {
  const folder = relayFolder(host, dataFolder);
  const script = quoted(`${host.platform === 'win32' ? folder.replaceAll('\\', '/') : folder}/relay.sh`);
  // PowerShell knows no nested quotes and cmd's `cd` needs none; carets keep cmd from reading signs in the name.
  const place = folder.replaceAll(/[&()^]/g, '^$&');
  return (event) => ({
    sh: `test -f ${script} && sh ${script} ${agent} ${event} || cat >/dev/null; true`,
    windows: `cmd.exe /d /s /c "cd /d ${place} 2>nul && (if exist relay.cmd (call relay.cmd ${agent} ${event}) else (more >nul)) & exit 0"`,
  });
}

/** A text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
