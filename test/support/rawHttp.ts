import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection ended without one. */
  readonly status: number;
  readonly body: string;
}

/** Writes bytes to a loopback port as they are and reads until the other side ends. */
export async function sendRaw(port: number, ...parts: readonly (string | Buffer)[]): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  // Being cut off is one of the answers.
  socket.on('error', () => undefined);
  for (const part of parts) socket.write(part);
  return readRaw(socket);
}

export function readRaw(socket: Socket): Promise<RawAnswer> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => {
    socket.once('close', () => {
      const [head = '', ...body] = text.split('\r\n\r\n');
      resolve({ status: Number(/^HTTP\/1.1 (\d+)/.exec(head)?.[1] ?? 0), body: body.join('\r\n\r\n') });
    });
  });
}

/** A request's text; a header given as null is left out. */
export function requestText(
  port: number,
  token: string,
  { headers = {}, body = '{}', line = 'POST /v1/hook/owl/Prompt HTTP/1.1' }: RequestParts = {},
): string {
  const all = {
    Host: `127.0.0.1:${port}`,
    Authorization: `Bearer ${token}`,
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return `${[line, ...lines].join('\r\n')}\r\n\r\n${body}`;
}

export interface RequestParts {
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
  readonly line?: string;
}
