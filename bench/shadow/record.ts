import { createHash } from 'node:crypto';
import { openLog } from '../../src/shadow/log/writer.ts';
import { answerOf, requestOf } from './application.ts';

const CLIENTS = 50;

/**
 * Writes a recording, as `migrate record` does, of requests that `CLIENTS` clients made in turn.
 *
 * @param folder the recording's
 * @returns bytes of all bodies
 */
export async function writeRecording(folder: string, exchanges: number): Promise<number> {
  const log = await openLog(folder, { syncRecords: 2_000, queueBytes: 1024 ** 3 });
  let bytes = 0;
  for (let n = 1; n <= exchanges; n++) {
    const { method, path, body } = requestOf(n);
    const answer = answerOf(n);
    const responseBody = Buffer.from(answer.body);
    const requestBody = body === null ? null : Buffer.from(body);
    bytes += responseBody.length + (requestBody?.length ?? 0);
    const added = log.add({
      record: {
        ...{ type: 'exchange', seq: n, sentAt: 1.8e12 + n, session: `client-${n % CLIENTS}` },
        request: {
          ...{ method, path, origin: 'http://shop.test', body: null, complete: true, marks: [] },
          size: requestBody?.length ?? 0,
          headers: [
            ['Host', 'shop.test'],
            ['Accept', '*/*'],
            ['User-Agent', 'bench'],
            ...(requestBody ? [['Content-Type', 'application/json'] satisfies [string, string]] : []),
          ],
        },
        response: {
          ...{ status: 200, reason: 'OK', headers: [['Content-Type', answer.type]], body: null },
          ...{ size: responseBody.length, ending: 'complete', chunks: [], headMs: 1, totalMs: 1, marks: [] },
          sha256: createHash('sha256').update(responseBody).digest('hex'),
        },
      },
      ...{ requestBody, responseBody },
    });
    if (!added) throw new Error(`Exchange ${n} was not taken.`);
    if (n % 2_000 === 0) await log.flush();
  }
  await log.close();
  return bytes;
}
