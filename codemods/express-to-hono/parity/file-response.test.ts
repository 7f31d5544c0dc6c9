import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { fileResponse } from '../parity-source/file-response.ts';

it('a file response says whether it is finished, where every version of on-finished looks', async () => {
  const seen: boolean[] = [];
  const app = new Hono();
  app.get(
    '/',
    (c) =>
      new Promise<Response>((answer) => {
        const response = fileResponse(c, answer);
        seen.push(response.finished);
        response.once('finish', () => seen.push(response.finished));
        response.end('text');
      }),
  );
  expect(await (await app.request('/')).text()).toBe('text');
  await new Promise(setImmediate);
  expect(seen).toEqual([false, true]);
});
