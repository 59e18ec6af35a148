// An engine that answers `call` with null, refuses `projection`, dies on `rebuild`, leaves `prices` unanswered, answers
// actions with what it was asked to do but refuses `thinking`, and says as a notice what it hears besides.
const say = (message) => process.send?.(message);
const refuse = (id, message) => say({ type: 'failure', id, message });

process.on('message', (message) => {
  if (message.type === 'rebuild') process.exit(3);
  else if (message.type === 'act' && message.action.kind === 'thinking') refuse(message.id, 'no agents');
  else if (message.type === 'act') say({ type: 'answer', id: message.id, answer: message.action });
  else if (message.type !== 'query') say({ type: 'notice', level: 'info', message: message.type });
  else if (message.query.kind === 'call') say({ type: 'answer', id: message.id, answer: null });
  else if (message.query.kind === 'projection') refuse(message.id, 'no calls');
});
process.on('disconnect', () => process.exit(0));
say({ type: 'nonsense' });
say({ type: 'log', level: 'debug', message: 'up' });
