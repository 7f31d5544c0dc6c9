import { describe, expect, it } from 'vitest';
import type { Sketch } from '../__fixtures__/answers.ts';
import { unexplained } from '../__fixtures__/unexplained.ts';

describe('frames of a stack are explained, and nothing else of an error', () => {
  const v8 = (line: number, file = '/app/src/a.js') =>
    `    at handler (${file}:${line}:11)\n    at new Thing (${file}:1:2)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;
  const page = (message: string, frames: string): Sketch => ({
    ...{ status: 500, type: 'text/html' },
    body: `<!DOCTYPE html>\n<pre>${message}${frames
      .split('\n')
      .map((frame) => `<br> &nbsp; &nbsp;${frame.trim().replace('<', '&lt;').replace('>', '&gt;')}`)
      .join('')}</pre>\n</body>`,
  });
  const json = (value: unknown): Sketch => ({ status: 500, body: JSON.stringify(value) });
  it.each([
    [
      'Express’s page',
      page('TypeError: x', v8(3)),
      page('TypeError: x', '    at <anonymous> (/app/b.js:9:1)'),
    ],
    [
      'text',
      { type: 'text/plain', body: `Error: x\n${v8(3)}` },
      { type: 'text/plain', body: `Error: x\n${v8(4)}` },
    ],
    ['a property', json({ stack: `Error: x\n${v8(3)}` }), json({ stack: `Error: x\n${v8(9, '/b.js')}` })],
    [
      'a list of lines',
      json({ stack: ['Error: x', ...v8(3).split('\n')] }),
      json({ stack: ['Error: x', '    at /app/b.js:1:2'] }),
    ],
    [
      'a side’s own folder',
      json({ stack: `Error: x\n${v8(3, '<dir>/a.js')}\n    at <dir>/a.js:1:2` }),
      json({ stack: 'Error: x\n    at <anonymous> (<dir>/b.js:9:1)' }),
    ],
    [
      'JavaScriptCore',
      json({ stack: `Error: x\n${v8(3)}` }),
      json({ stack: 'Error: x\nhandler@/app/a.js:3:11\n@/app/a.js:1:1\nforEach@[native code]' }),
    ],
  ] as [string, Sketch, Sketch][])('%s', (_, old, next) => {
    expect(unexplained(old, next)).toEqual([]);
  });
  it.each([
    ['another message', page('TypeError: x', v8(3)), page('TypeError: y', v8(4))],
    ['another type', json({ stack: `TypeError: x\n${v8(3)}` }), json({ stack: `Error: x\n${v8(4)}` })],
    ['another status', page('Error: x', v8(3)), { ...page('Error: x', v8(4)), status: 400 }],
    ['no frames on one side', json({ stack: `Error: x\n${v8(3)}` }), json({ stack: 'Error: x' })],
    ['a word behind the frames', page('Error: x', v8(3)), page('Error: x', `${v8(4)}\nsecret`)],
    ['a sentence that only begins like a frame', json('meet\n at noon: 3'), json('meet\n at noon: 4')],
  ] as [string, Sketch, Sketch][])('not %s', (_, old, next) => {
    expect(unexplained(old, next)).not.toEqual([]);
  });
});
