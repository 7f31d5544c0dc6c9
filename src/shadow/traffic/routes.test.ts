import { describe, expect, it } from 'vitest';
import { limitOf, sameRoute } from '../limits.ts';
import { fillTemplate } from '../sources/_template.ts';
import { compile, routeTable } from './routes.ts';

const table = (...routes: string[]) =>
  routeTable(routes.map((route) => ({ method: route.split(' ')[0] ?? '', path: route.split(' ')[1] ?? '' })));

describe('a request is told its route', () => {
  it('as a router would: earlier routes first, no regard to case, trailing slash or query', () => {
    const routes = table('GET /notes/search', 'GET /notes/:id', 'GET /');
    expect(routes.of('GET', '/notes/search?q=1')).toBe('GET /notes/search');
    expect(routes.of('GET', '/Notes/7/')).toBe('GET /notes/:id');
    expect(routes.of('get', '/')).toBe('GET /');
  });
  it('HEAD by the GET route, another method by none', () => {
    const routes = table('GET /notes/:id');
    expect(routes.of('HEAD', '/notes/7')).toBe('GET /notes/:id');
    expect(routes.of('DELETE', '/notes/7')).toBe('DELETE /notes/:id');
  });
  it('by its method where a guard for all methods stands on the same path', () => {
    const routes = table('ALL /me', 'GET /me', 'ALL /v1/*');
    expect(routes.known).toEqual(['GET /me', 'ALL /v1/*']);
    expect(routes.of('GET', '/me')).toBe('GET /me');
    expect(routes.of('PUT', '/v1/a/b')).toBe('ALL /v1/*');
  });
  it('by the path of that guard where the method has no route', () => {
    const routes = table('POST /users/:id', 'ALL /users/:id');
    expect(routes.of('GET', '/USERS/ada')).toBe('GET /users/:id');
    expect(routes.of('HEAD', '/users/ada')).toBe('HEAD /users/:id');
  });
  it('with ids folded where no route matches', () => {
    const routes = table();
    expect(routes.of('GET', '/a/17/b/aaaaaaaa-1111-4222-8333-444444444444')).toBe('GET /a/:id/b/:id');
    expect(routes.of('GET', '/css/site.v12345678.css')).toBe('GET /css/site.v12345678.css');
  });
  it('by no request where its path could not be read, and it stays known', () => {
    const routes = table('GET /api/<expression>', 'GET /^\\/z/');
    expect(routes.known).toEqual(['GET /api/<expression>', 'GET /^\\/z/']);
    expect(routes.of('GET', '/api/<expression>')).toBe('GET /api/<expression>');
    expect(compile('/api/<expression>')?.test('/api/<expression>')).toBe(false);
    expect(routes.of('GET', '/zoo')).toBe('GET /^\\/z/');
    expect(fillTemplate('/api/<expression>', {})).toBeNull();
    expect(fillTemplate('/^\\/z/', {})).toBeNull();
    expect(fillTemplate('/^\\/(?!api)/', {})?.path).toBe('/');
  });
  it.each([
    ['/a/:id(\\d+)', '/a/12', '/a/x'],
    ['/a/:b?', '/a', '/a/b/c'],
    ['/files/*splat', '/files/x/y', '/file'],
    ['/y{/:opt}', '/y/1', '/y/1/2'],
    ['/a.b', '/a.b', '/aXb'],
  ])('%s matches %s and not %s', (template, yes, no) => {
    expect(compile(template)?.test(yes)).toBe(true);
    expect(compile(template)?.test(no)).toBe(false);
  });
});

describe('a limit', () => {
  const limits = [{ route: 'POST /uploads/:id', runtime: 'workers@2026-07-30', reason: 'needs a disk' }];
  it('names a route whatever its parameters are called', () => {
    expect(sameRoute('GET /a/:id', 'get /a/:other/')).toBe(true);
    expect(sameRoute('GET /a/:id', 'GET /a/b')).toBe(false);
    expect(limitOf(limits, 'workers', 'POST /uploads/:uploadId', '/uploads/1', [])).toBe(limits[0]);
  });
  it('counts for its runtime only, and not for another route that the path would match', () => {
    expect(limitOf(limits, 'bun', 'POST /uploads/:id', '/uploads/1', [])).toBeNull();
    expect(limitOf(limits, 'workers', 'POST /uploads/new', '/uploads/new', ['POST /uploads/new'])).toBeNull();
    expect(limitOf(limits, 'workers', 'POST /uploads/new', '/uploads/new', [])).toBe(limits[0]);
  });
});
