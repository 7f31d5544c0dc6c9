import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../model/exchange.ts';
import { response, type Sketch } from '../__fixtures__/answers.ts';
import { view } from '../answer.ts';
import { pageOf, unknownPages } from './unknown-page.ts';

const page = (sketch: Sketch, path: string, method = 'GET') =>
  pageOf(view(response(sketch)), { method, path });
const html = (text: string): Sketch => ({ status: 404, type: 'text/html', body: `<pre>${text}</pre>` });

describe('an error page is the same whatever address of a folder was asked', () => {
  it.each([
    ['Express', html('Cannot GET /a/b'), '/a/b', html('Cannot GET /a/zzz'), '/a/zzz'],
    ['in other letters and under another id', html('none'), '/A/12/b', html('none'), '/a/7/zzz'],
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

describe('addresses of no route are asked for', () => {
  const REFUSED: Sketch = { status: 401, body: '{"error":"log in"}' };
  const NONE: Sketch = { status: 404, body: '{"error":"not found"}' };
  const asked = (path: string) => ({ request: { method: 'GET', path, headers: [] } }) as unknown as Exchange;
  /** Pages of no route, where a guard stands before everything in some folders. */
  async function ask(paths: readonly string[], guarded: RegExp, isRoute = (_: string) => false) {
    const pages = unknownPages();
    const answer = (path: string) => ({ old: { view: view(response(guarded.test(path) ? REFUSED : NONE)) } });
    const probes: string[] = [];
    for (const path of paths) pages.saw(asked(path), answer(path) as never);
    const found = await pages.ask(async ({ request }) => {
      probes.push(request.path);
      return answer(request.path) as never;
    }, isRoute);
    return { found, probes, isUnanswered: (path: string) => found.includes(page(REFUSED, path) ?? '') };
  }

  it('in the folder of each one that was refused: what a guard says there tells nothing of another folder', async () => {
    const { isUnanswered } = await ask(['/admin/stats', '/me'], /^\/(admin\/|me$)/);
    expect(isUnanswered('/admin/stats')).toBe(true);
    expect(isUnanswered('/me')).toBe(false);
  });
  it('in the folder above where every address of this one is a route', async () => {
    const isNote = (path: string) => path.startsWith('/notes/');
    expect((await ask(['/notes/1'], /./, isNote)).isUnanswered('/notes/2')).toBe(true);
    expect((await ask(['/notes/1'], /notes/, isNote)).isUnanswered('/notes/2')).toBe(false);
  });
  it('once, however its letters and ids are written', async () => {
    const { probes } = await ask(['/a/1/x', '/A/2/x', '/a/3/y'], /./);
    expect(probes.map((path) => path.replace(/migrate-.*/, ''))).toEqual(['/', '/a/', '/a/1/']);
  });
});
