// An engine that answers `call` with null, refuses `projection`, dies on `rebuild`, leaves `prices` unanswered, and
// says as a notice what it hears besides.
const say = (message) => process.send?.(message);

process.on('message', (message) => {
  if (message.type === 'rebuild') process.exit(3);
  else if (message.type !== 'query') say({ type: 'notice', level: 'info', message: message.type });
  else if (message.query.kind === 'call') say({ type: 'answer', id: message.id, answer: null });
  else if (message.query.kind === 'projection') say({ type: 'failure', id: message.id, message: 'no calls' });
});
process.on('disconnect', () => process.exit(0));
say({ type: 'nonsense' });
say({ type: 'log', level: 'debug', message: 'up' });
