import { quoted } from './relay.ts';
import { connectMs, guardSeconds, relayNote, silentSeconds } from './relayLimits.ts';
import type { RelayPlaces } from './relayLimits.ts';

/** Seconds over which curl averages a speed; what was sent counts as well. */
const averaged = 5;

/**
 * The relay for `sh` (dash, bash, busybox): arguments agent and event, the hook's input on stdin. The input is read once
 * into memory, so that the next window or the guard can have it too.
 */
export function shellRelay({ node, cli }: RelayPlaces): string {
  return `#!/bin/sh
# ${relayNote}
exec 2>/dev/null
test -t 0 && exit 0
LC_ALL=C
here=\${0%/*}
node=${quoted(node)}
cli=${quoted(cli)}
body=$(cat)

send() {
  printf %s "$body" | curl -q -s -f -g --noproxy '*' --connect-timeout ${connectMs / 1000} -m 600 \\
    --speed-limit 1 --speed-time ${silentSeconds - averaged} -K "$1" -H 'Content-Type: application/json' -H Expect: \\
    -H "X-Burn-Meter-For: $PPID" --data-binary @- "http://127.0.0.1:$2/v1/hook/$3/$4"
}

answered() {
  while test "\${reply# }" != "$reply"; do reply=\${reply# }; done
  printf %s "$reply"
  exit 0
}

without_curl() {
  reply=$(printf %s "$body" | ELECTRON_RUN_AS_NODE=1 NODE_OPTIONS= "$node" "$here/relay.cjs" "$1" "$2" "$PPID") && answered
  exit 0
}

command -v curl >/dev/null || without_curl "$@"

# The window used last is asked first; files are curl's own configuration, and named by their process.
tried=/
while :; do
  file=
  for one in "$here"/windows/*[0-9]; do
    case $tried in */"\${one##*/}"/*) continue ;; esac
    test -f "$one" || continue
    if test -z "$file" || test "$one" -nt "$file"; then file=$one; fi
  done
  test -n "$file" || break
  tried=$tried\${file##*/}/
  read -r _ port _ <"$file"
  case $port in '' | *[!0-9]*) continue ;; esac
  case $OSTYPE in msys* | cygwin*) ;; *) test -O "$file" && kill -0 "\${file##*/}" || continue ;; esac
  reply=$(send "$file" "$port" "$1" "$2") && answered
  # Refused or silent: nobody waits for it again, and a window that is alive after all comes back by itself.
  # A curl that cannot run, or may not read the file (a snap), is none.
  case $? in
    7 | 28) rm -f "$file" ;;
    2 | 26 | 126 | 127) without_curl "$@" ;;
  esac
done

# Only while a hard cap is set.
if test -f "$here/guard.json"; then
  reply=$(
    printf %s "$body" | ELECTRON_RUN_AS_NODE=1 NODE_OPTIONS= "$node" "$cli" guard "$1" "$2" &
    guard=$!
    { sleep ${guardSeconds}; kill "$guard"; } </dev/null >/dev/null &
    wait "$guard"
    status=$?
    kill "$!"
    exit "$status"
  ) && answered
fi
exit 0
`;
}
