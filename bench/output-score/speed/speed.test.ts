import { describe, expect, it } from 'vitest';
import { readRate } from './load.ts';
import { speedPage } from './page.ts';
import type { Measured } from './run.ts';

describe('what wrk prints', () => {
  const printed = (more = '') => `Running 2s test @ http://127.0.0.1:3000/hi
  1 threads and 16 connections
  23421 requests in 2.00s, 3.02MB read
${more}Requests/sec:  11689.42
Transfer/sec:      1.51MB
`;

  it('has the answers in a second', () => expect(readRate(printed())).toBe(11689.42));

  it.each(['  Non-2xx or 3xx responses: 12', '  Socket errors: connect 0, read 3, write 0, timeout 0'])(
    'is no measurement with%s',
    (line) => expect(() => readRate(printed(`${line}\n`))).toThrow(line.trim()),
  );

  it('is no measurement without a rate', () => expect(() => readRate('unable to connect')).toThrow('unable'));
});

describe('the page of speeds', () => {
  const measured: Measured = {
    ...{ name: 'shop', target: 'bun', version: '1.4.5' },
    rates: { 'GET /a': { original: 1000, wire: 500, 'by hand': 2500 } },
    startMs: { original: 200, wire: 300 },
    memory: { original: 80e6 },
    failed: { idiomatic: 'it ends at once' },
  };
  const text = speedPage([measured], { generator: 'wrk 4', rounds: 5, seconds: 2, busy: 0.3 });

  it('says how many times the original each way is, and what is not there', () => {
    expect(text).toContain('| shop `GET /a` | bun 1.4.5 | 1,000 | 500 (0.50×) | – | 2,500 (2.50×) |');
    expect(text).toContain('| shop, start | bun 1.4.5 | 200 ms | 300 ms (1.50×) | – | – |');
    expect(text).toContain('- shop, idiomatic on bun does not start: it ends at once');
  });
});
