#!/bin/sh
# Runs a command where nothing but loopback can be reached and nothing of the user's is to be seen. Started inside new
# net, mount and pid namespaces by main.ts; REPO and CLIENTS stay visible, STASH is an empty folder.
set -eu
ip link set lo up
mkdir "$STASH/repo" "$STASH/clients" "$STASH/home"
mount --bind "$REPO" "$STASH/repo"
mount --bind "$CLIENTS" "$STASH/clients"
# Homes, and system-wide policies of agents.
for folder in /home /root "$USER_HOME" /run/user /etc/claude-code /etc/codex /etc/gemini-cli /etc/qwen-code \
  /etc/opencode /etc/github-copilot; do
  if [ -d "$folder" ]; then mount -t tmpfs tmpfs "$folder"; fi
done
mkdir -p "$REPO" "$CLIENTS"
mount --bind "$STASH/repo" "$REPO"
mount --bind "$STASH/clients" "$CLIENTS"
cd "$REPO"
# Not exec: a shell reaps what the clients leave behind.
env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="$STASH/home" LANG=C.UTF-8 TZ=UTC BURN_METER_CLIENTS="$CLIENTS" \
  CHROME_PATH="$CHROME" BURN_METER_TALLY="$BURN_METER_TALLY" "$@"
