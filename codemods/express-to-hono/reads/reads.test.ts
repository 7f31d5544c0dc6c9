import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMiddleware } from './follow.ts';
import { packageModules, placeIn } from './package-modules.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'reads-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** What is done with request and response by `pkg()`, whose code is given. */
async function read(code: string, path: readonly string[] = ['()']): Promise<string[] | string> {
  const folder = join(root, 'node_modules', 'pkg');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "name": "pkg", "main": "index.js" }');
  await writeFile(join(folder, 'index.js'), code);
  const found = readMiddleware(packageModules(root), {
    ...{ from: join(root, 'app.js'), specifier: 'pkg', how: 'require', path },
  });
  if (typeof found === 'string') return found;
  const uses = found.uses.map(({ on, member, how }) => `${how} ${on}.${member}`);
  const lost = found.escapes.map(({ reason, file, node }) => `${reason} (${placeIn(file, node.start)})`);
  return [...new Set([...uses, ...lost])].sort();
}

const middleware = (body: string, more = '') =>
  `${more}\nmodule.exports = (options) => function (req, res, next) {\n${body}\nnext();\n};`;

describe('the code of an installed package', () => {
  it.each([
    ['by name', 'req.id = req.headers["x-id"];', ['read req.headers', 'read req.headers.x-id', 'set req.id']],
    ['through a helper', 'helper({ request: req });', ['read req.ip']],
    ['kept on an instance', 'new Holder(res).send();', ['called res.send']],
    ['taken apart', 'const { ip, url } = req;', ['read req.ip', 'read req.url']],
    [
      'in a listener',
      "res.on('finish', function () { this.statusCode; });",
      ['called res.on', 'read res.statusCode'],
    ],
    ['on what a method gives back', 'res.status(401).json({});', ['called res.json', 'called res.status']],
    ['by a name that the options give', 'req[options.key || "id"] = 1;', ['set req.?', 'set req.id']],
    ['through `call`', 'helper.call(null, { request: req });', ['read req.ip']],
  ])('is followed %s', async (_title, body, uses) => {
    const more =
      'function helper(given) { return given.request.ip; }\n' +
      'class Holder { constructor(res) { this.res = res; } send() { this.res.send("x"); } }';
    expect(await read(middleware(body, more))).toEqual(uses);
  });

  it.each([
    ['a name that is computed', 'req[Math.random()] = 1;', 'computed'],
    ['code that is not there', "require('nobody')(req);", 'could not be followed'],
    ['a list', 'const all = [req];', 'puts into a list'],
    ['a copy', 'const copy = { ...req };', 'could not be followed'],
    ['a builtin', "require('util').inspect(req);", 'hands the request to `util.inspect`'],
    ['`arguments`', '(function () { arguments[0].ip; })(req);', 'arguments'],
    ['what comes after `next()`', 'next(); res.statusCode;', 'after it went on'],
    ['the rest of a route', "next('route');", 'leaves out the rest of a route'],
  ])('is lost at %s', async (_title, body, reason) => {
    const found = await read(middleware(body));
    expect(Array.isArray(found) && found.some((each) => each.includes(reason))).toBe(true);
  });

  it('is not read where nothing is installed', async () => {
    const wanted = { from: join(root, 'app.js'), specifier: 'gone', how: 'require', path: [] } as const;
    expect(readMiddleware(packageModules(root), wanted)).toContain('is not installed');
  });
});
