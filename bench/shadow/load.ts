import { Client } from 'undici';
import { requestOf } from './application.ts';

/**
 * A plain load generator with one request at a time, as a replay has: sends the same requests to one application and
 * throws the answers away.
 *
 * @returns requests in a second
 */
export async function plainLoad(origin: string, requests: number): Promise<number> {
  const client = new Client(origin, { pipelining: 1 });
  const started = performance.now();
  for (let n = 1; n <= requests; n++) {
    const { method, path, body } = requestOf(n);
    const answer = await client.request({
      ...{ method: method as 'GET', path, body },
      headers: body === null ? {} : { 'content-type': 'application/json' },
    });
    await answer.body.dump({ limit: Number.POSITIVE_INFINITY });
    if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}.`);
  }
  const seconds = (performance.now() - started) / 1000;
  await client.close();
  return requests / seconds;
}
