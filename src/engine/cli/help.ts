export const helpText = `burn-meter: what your AI coding agents cost, from their own records

Usage:
  burn-meter report [--json] [--by WHAT] [--since T] [--until T] [--timezone Z] [--index FILE]
  burn-meter calls  [--json] [--since T] [--until T] [--timezone Z] [--index FILE]
  burn-meter decisions [--json] [--index FILE]
  burn-meter guard AGENT EVENT

Commands:
  report   sums per group; with --json one object of schema burn-meter/report@1
  calls    every call, oldest first; with --json one line of JSON each
  decisions  what pre-flight asked or refused and what was chosen, the latest 100 first
  guard    for agents' hooks: refuses what a hard cap forbids, from the hook's payload on stdin; always exits with 0

Options:
  --by WHAT      model (default), agent, project, branch, session, day or hour
  --since T      from this instant on; a day means its first moment
  --until T      before this instant; a day is included whole
                 T is a day (2026-11-21, in the time zone) or an ISO instant (2026-11-21T10:00:00Z)
  --timezone Z   IANA name, such as Europe/Berlin (default: the system's)
  --index FILE   the ledger to use (default: the one that the editors share)
  --help, --version

HOME and the agents' own variables (CLAUDE_CONFIG_DIR, CODEX_HOME, XDG_CONFIG_HOME, ...) decide where records are read.
Costs are USD list value. Exit code: 0 done, 1 the ledger cannot be used, 2 wrong arguments.
`;
