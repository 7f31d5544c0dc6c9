import { describe, expect, it } from 'vitest';
import { response, type Sketch } from '../__fixtures__/answers.ts';
import { view } from '../answer.ts';
import { pageOf } from './unknown-page.ts';

const page = (sketch: Sketch, path: string, method = 'GET') =>
  pageOf(view(response(sketch)), { method, path });
const html = (text: string): Sketch => ({ status: 404, type: 'text/html', body: `<pre>${text}</pre>` });

describe('an error page is the same whatever address was asked', () => {
  it.each([
    ['Express', html('Cannot GET /a/b'), '/a/b', html('Cannot GET /zzz'), '/zzz'],
    [
      'an address with characters of HTML',
      html('Cannot GET /a?b=1&amp;c'),
      '/a?b=1&c',
      html('Cannot GET /x'),
      '/x',
    ],
    [
      'JSON with address and time',
      { status: 404, body: '{"path":"/a","at":"2026-01-01T00:00:00.000Z"}' },
      '/a',
      { status: 404, body: '{"path":"/q","at":"2026-01-02T00:00:01.500Z"}' },
      '/q',
    ],
  ] as [string, Sketch, string, Sketch, string][])('%s', (_, one, first, other, second) => {
    expect(page(one, first)).toBe(page(other, second));
  });
  it('whatever method was used', () => {
    expect(page(html('Cannot POST /a'), '/a', 'POST')).toBe(page(html('Cannot GET /b'), '/b'));
  });
  it('but not with another text, status or type', () => {
    const known = page({ status: 404, body: '{"error":"not found"}' }, '/a');
    expect(page({ status: 404, body: '{"error":"no such note"}' }, '/a')).not.toBe(known);
    expect(page({ status: 403, body: '{"error":"not found"}' }, '/a')).not.toBe(known);
    expect(page({ status: 404, body: '{"error":"not found"}', type: 'text/plain' }, '/a')).not.toBe(known);
  });
  it('and an answer below 400 is none', () => {
    expect(page({ body: 'hello' }, '/a')).toBeNull();
  });
});
