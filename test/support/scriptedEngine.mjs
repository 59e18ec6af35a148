// An engine for tests of what the user sees: it says what it finds as JSON in files below `$HOME/engine/say`, in the
// order of their names, writes what it hears to `$HOME/engine/heard.jsonl`, and carries actions out on two agents that
// do not exist. With `{"type":"end"}` it ends.
import * as fs from 'node:fs';
import * as path from 'node:path';

const folder = path.join(process.env.HOME ?? '', 'engine');
const script = path.join(folder, 'say');
fs.mkdirSync(script, { recursive: true });

const say = (message) => process.send?.(message);

function saySoFar() {
  for (const name of fs.readdirSync(script).toSorted()) {
    if (!name.endsWith('.json')) continue;
    const file = path.join(script, name);
    const message = JSON.parse(fs.readFileSync(file, 'utf8'));
    fs.rmSync(file);
    if (message.type === 'end') process.exit(0);
    say(message);
  }
}

const file = (agent) => path.join(process.env.HOME ?? '', `.${agent}/settings.json`);
const hook = (agent, label, found) => ({
  agent,
  label,
  found,
  state: 'off',
  note: null,
  files: [file(agent)],
  verified: found,
});
const hooks = [hook('owl', 'Owl', true), hook('otter', 'Otter', true), hook('newt', 'Newt', false)];
const owl = {
  agent: 'owl',
  label: 'Owl',
  efforts: ['low', 'medium', 'high', 'xhigh'],
  lastWeek: 3.2,
  canUndo: false,
  on: true,
  cap: 'uncapped',
  effort: 'high',
  setIn: { path: file('owl'), key: 'effortLevel' },
  maxOutput: null,
};
const otter = {
  ...owl,
  agent: 'otter',
  label: 'Otter',
  on: null,
  cap: null,
  effort: null,
  setIn: null,
  lastWeek: null,
};

const acts = {
  hooks: () => hooks,
  setHooks: ({ agent, on }) => {
    const found = hooks.find((one) => one.agent === agent);
    const note = on && agent === 'otter' ? 'waiting for your review in Otter' : null;
    return Object.assign(found, { state: !on ? 'off' : note === null ? 'on' : 'pending', note });
  },
  thinking: () => [owl, otter],
  setEffort: ({ effort }) => Object.assign(owl, { effort: effort ?? 'high', canUndo: effort !== null }),
  snooze: ({ until }) => ({ until }),
};

process.on('message', (message) => {
  fs.appendFileSync(path.join(folder, 'heard.jsonl'), `${JSON.stringify(message)}\n`);
  if (message.type === 'start') {
    saySoFar();
    fs.watch(script, saySoFar);
  } else if (message.type === 'act') {
    say({ type: 'answer', id: message.id, answer: acts[message.action.kind](message.action) });
  }
});
process.on('disconnect', () => process.exit(0));
