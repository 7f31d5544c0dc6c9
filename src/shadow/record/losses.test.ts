import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { readTraffic } from '../index.ts';
import { openLog } from '../log/writer.ts';
import { listen, read, record, state, stateForEach } from './__fixtures__/recording.ts';

stateForEach();

describe('what cannot be kept is counted', () => {
  it('a body over the cap passes whole and is marked; such a request is not replayed', async () => {
    const app = await listen(createServer((req, res) => req.pipe(res)));
    const recording = await record(app, { maxBody: 1000 });
    const { body } = await request(`http://127.0.0.1:${recording.port}/`, {
      method: 'POST',
      body: 'x'.repeat(5000),
    });
    expect(await body.text()).toHaveLength(5000);
    const { exchanges, warnings } = await read(recording);
    expect(exchanges[0]).toMatchObject({
      withheld: 'its body was longer than --max-body and was not kept',
      response: { ending: 'capped', size: 5000 },
    });
    expect(warnings.join()).toContain('2 bodies were longer than --max-body');
  });

  it('a full disk stops the recording, not the proxy', async () => {
    const reasons: string[] = [];
    const log = await openLog(join(state, 'full'), {
      stopped: (reason) => reasons.push(reason),
      write: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
    });
    const one = {
      record: {
        ...{ type: 'exchange' as const, seq: 1, sentAt: 0, session: 's', response: null },
        request: {
          ...{ method: 'GET', origin: 'http://x', path: '/', headers: [], body: null, size: 0 },
          ...{ complete: true, marks: [] },
        },
      },
      ...{ requestBody: null, responseBody: null },
    };
    expect(log.add(one)).toBe(true);
    await log.flush();
    expect(reasons).toEqual(['the disk is full']);
    expect(log.add(one)).toBe(false);
    expect(log.written).toBe(0);
    await log.close();
    expect(statSync(join(state, 'full/000001.log')).size).toBe(0);
  });

  it('a torn tail is cut and counted, and the recording goes on after the last whole exchange', async () => {
    const app = await listen(createServer((_req, res) => res.end('ok')));
    const first = await record(app);
    for (const path of ['/1', '/2'])
      await (await request(`http://127.0.0.1:${first.port}${path}`)).body.dump();
    await read(first);
    const segment = join(first.folder, '000001.log');
    const whole = readFileSync(segment);
    writeFileSync(segment, Buffer.concat([whole, Buffer.from([90, 0, 0, 0, 1, 2, 3, 4, 5])]));
    expect((await readTraffic(first.folder)).warnings.join()).toContain('9 bytes at its end are torn');
    const second = await record(app);
    expect(second).toMatchObject({ continuesAfter: 2, cutBytes: 9 });
    await (await request(`http://127.0.0.1:${second.port}/3`)).body.dump();
    const { exchanges, warnings } = await read(second);
    expect(exchanges.map((one) => one.request.path)).toEqual(['/1', '/2', '/3']);
    expect(warnings).toEqual([]);
  });

  it('a record that is damaged on the disk is left out and counted; a damaged body is refused, not replayed', async () => {
    const app = await listen(createServer((req, res) => res.end(`answer to ${req.url}`)));
    const recording = await record(app);
    for (const path of ['/1', '/2'])
      await (await request(`http://127.0.0.1:${recording.port}${path}`)).body.dump();
    await read(recording);
    const flip = (name: string, at: number) => {
      const bytes = readFileSync(join(recording.folder, name));
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(join(recording.folder, name), bytes);
    };
    flip('000001.log', 40);
    const { exchanges, warnings } = await readTraffic(recording.folder);
    expect(exchanges.map((one) => one.request.path)).toEqual(['/2']);
    expect(warnings.join()).toContain('1 records are damaged and left out');
    flip('000001.bodies', statSync(join(recording.folder, '000001.bodies')).size - 1);
    expect(() => exchanges[0]?.response?.body).toThrow(/A body of the recording is not what was written/);
  });

  it('two recorders do not write to one recording', async () => {
    const app = await listen(createServer());
    await record(app);
    await expect(record(app)).rejects.toThrow(/is being written by process/);
  });
});
