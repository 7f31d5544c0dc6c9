import { expect, it } from 'vitest';
import { causeLine } from './try.ts';

const cause = { title: 'status 200 → 404', requests: 1, owner: 'codemod' as const };

it('a cause names what was asked where that is not the route as it is written', () => {
  const routes = ['GET /items'];
  const example = { request: 'GET /ITEMS', old: '200', new: '404' };
  expect(causeLine({ ...cause, routes, example })).toBe(
    'status 200 → 404: 1 request, GET /items, as GET /ITEMS; the conversion',
  );
  expect(causeLine({ ...cause, routes, example: { ...example, request: 'GET /items' } })).toBe(
    'status 200 → 404: 1 request, GET /items; the conversion',
  );
});
