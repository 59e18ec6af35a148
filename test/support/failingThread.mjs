// Stands in for the thread that counts: one token for each character, but for texts that name a failure.
import { parentPort } from 'node:worker_threads';

// (module (func (export "f") unreachable))
const trap = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11,
]);

parentPort?.on('message', ({ id, text }) => {
  if (text === 'trap') new WebAssembly.Instance(new WebAssembly.Module(trap)).exports.f();
  if (text === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  parentPort?.postMessage({ id, tokens: text.length });
});
