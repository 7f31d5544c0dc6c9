import { type OutgoingHttpHeaders, request } from 'node:http';

export interface Exchange {
  status: number;
  headers: [string, string][];
  body: Buffer;
  /** Whether the body came to its end. */
  complete: boolean;
  /** When each piece came, in milliseconds. */
  pieces: { at: number; text: string }[];
}

export interface Asked {
  method?: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: Buffer;
}

/** One request on a connection of its own, and all of its answer as it comes. */
export function exchange(base: string, { method = 'GET', path, headers = {}, body }: Asked): Promise<Exchange> {
  const { hostname, port } = new URL(base);
  const start = Date.now();
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const pieces: (Exchange['pieces'][number] & { chunk: Buffer })[] = [];
      answer.on('data', (chunk: Buffer) => pieces.push({ at: Date.now() - start, text: chunk.toString(), chunk }));
      answer.on('error', () => {});
      answer.on('close', () => {
        const { rawHeaders } = answer;
        const named = rawHeaders.flatMap((name, index): [string, string][] =>
          index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? '']] : [],
        );
        resolve({
          ...{ status: answer.statusCode ?? 0, headers: named, complete: answer.complete },
          ...{ body: Buffer.concat(pieces.map(({ chunk }) => chunk)), pieces },
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What a client may rely on: all but the time and what belongs to the connection. */
export function told({ status, headers, body, complete }: Exchange) {
  const kept = headers.filter(([name]) => !/^(date|connection|keep-alive|transfer-encoding)$/.test(name));
  return { status, headers: kept.map((each) => each.join(': ')).sort(), body: body.toString('hex'), complete };
}
