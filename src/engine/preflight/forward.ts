import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connectMs, silentSeconds } from '../../core/hooks/relayLimits.ts';
import type { Endpoint } from './endpoints.ts';
import { forwardedHeader } from './server.ts';
import type { HookCall } from './server.ts';

/** A window that takes no connection, or has and says nothing. */
export class Gone extends Error {}

/** Hands a call to another window and resolves to its answer. Rejects when it does not answer as a window does. */
export function forward(
  { port, token }: Endpoint,
  { agent, event, body, signal }: Omit<HookCall, 'isForwarded'>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: `/v1/hook/${agent}/${event}`,
      agent: false,
      signal,
      timeout: silentSeconds * 1000,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        [forwardedHeader]: '1',
      },
    });
    const connecting = setTimeout(() => sent.destroy(new Gone('it takes no connection')), connectMs);
    sent.on('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)));
    sent.on('timeout', () => sent.destroy(new Gone('it is silent')));
    sent.on('close', () => clearTimeout(connecting));
    sent.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ECONNREFUSED' ? new Gone('it takes no connection') : error),
    );
    sent.on('response', (response) => {
      if (response.statusCode !== 200) sent.destroy(new Error(`it says ${response.statusCode ?? 'nothing'}`));
      else readAll(response).then((text) => resolve(text.trimStart()), reject);
    });
    sent.end(body);
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) text += chunk;
  return text;
}
