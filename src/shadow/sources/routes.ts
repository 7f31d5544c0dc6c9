import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange, RawHeaders } from '../../model/exchange.ts';
import type { TrafficSource } from '../sources.ts';
import { LOGIN_HINT } from '../traffic/login.ts';
import { takesAny } from '../traffic/routes.ts';
import { type Asked, EDGES, edges, JSON_TYPE } from './_edges.ts';
import { exchangeOf, skips, skipWarnings } from './_exchange.ts';
import { fillTemplate } from './_template.ts';

/** `.migrate/requests.yaml`: what the application's routes need to be asked for with success. */
const RequestsFile = z.strictObject({
  /** Values of path parameters by name. */
  params: z.record(z.string(), z.coerce.string()).default({}),
  /** JSON bodies by route, as in `POST /notes`. */
  bodies: z.record(z.string(), z.unknown()).default({}),
  /** Query strings by route, without the `?`. */
  queries: z.record(z.string(), z.string()).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  /** Edges by route that are not asked for, where they end the application as it is: `POST /notes: [empty-body]`. */
  without: z.record(z.string(), z.array(z.enum(EDGES))).default({}),
});

/**
 * The inventory's own routes, asked for without any recording: each once as it should be, and at the edges where
 * frameworks and runtimes part.
 */
const routes: TrafficSource = {
  id: 'routes',
  title: 'the word "routes": requests made up for every route of the application',
  recognises: (file, _head, kind) => kind === 'word' && file === 'routes',
  async read(_file, { routes: known = [], state }) {
    const given = readRequests(state);
    const left = skips();
    const seen = new Set<string>();
    const exchanges: Exchange[] = [];
    const shared: RawHeaders = [['Host', 'localhost'], ...Object.entries(given.headers)];
    const add = (variant: string, { method, path, headers = [], body = null, bare }: Asked) => {
      const all = bare ? [['Host', 'localhost'] as [string, string], ...headers] : [...shared, ...headers];
      const key = JSON.stringify([method, path, all, body?.toString('latin1').slice(0, 200), body?.length]);
      if (seen.has(key)) return;
      seen.add(key);
      exchanges.push(
        exchangeOf(exchanges.length + 1, {
          ...{ source: `routes:${variant}`, session: 'routes', origin: 'http://localhost' },
          ...{ method, path, headers: all, body },
        }),
      );
    };
    const unnamed = new Set<string>();
    // A side may take paths in one case only, and say so. What the other one then writes, by GET too, would part later answers.
    const lettersByReading: Asked[] = [];
    const lettersByWriting: Asked[] = [];
    for (const route of known) {
      const filled = fillTemplate(route.path, given.params);
      if (filled === null) {
        left.add(`a path such as ${route.path} cannot be made up`);
        continue;
      }
      for (const param of filled.guessed) unnamed.add(param);
      const method = takesAny(route.method) ? 'GET' : route.method.toUpperCase();
      const name = `${method} ${route.path}`;
      const others = known.filter(({ path }) => path === route.path).map((one) => one.method.toUpperCase());
      // What takes every method is asked by one that writes, too; beside others of its path it is a guard of theirs.
      if (takesAny(route.method) && others.every(takesAny)) {
        const body = Buffer.from(JSON.stringify(given.bodies[`POST ${route.path}`] ?? {}));
        add('success', { ...{ method: 'POST', path: filled.path, body }, headers: [JSON_TYPE] });
      }
      const asked = {
        ...{ method, path: filled.path, lastParam: filled.lastParam, query: given.queries[name] },
        ...{ body: given.bodies[name], others, hasHeaders: Object.keys(given.headers).length > 0 },
      };
      const without = given.without[name] ?? [];
      for (const [variant, request] of edges(asked))
        if (without.includes(variant)) left.add(`edges are left out in requests.yaml (${variant})`);
        else if (variant === 'case') (method === 'GET' ? lettersByReading : lettersByWriting).push(request);
        else add(variant, request);
    }
    for (const request of [...lettersByReading, ...lettersByWriting]) add('case', request);
    const warnings = [
      ...skipWarnings('routes', left.counts),
      `These ${exchanges.length} requests are made up: they hold no credentials; ${LOGIN_HINT}`,
    ];
    if (unnamed.size > 0)
      warnings.push(
        `Values of path parameters were guessed (${[...unnamed].sort().join(', ')}): give real ones under "params" in .migrate/requests.yaml.`,
      );
    return { source: 'routes', file: 'routes', exchanges, skipped: left.counts, warnings };
  },
};
export default routes;

function readRequests(state: string | undefined): z.infer<typeof RequestsFile> {
  const path = state === undefined ? '' : join(state, 'requests.yaml');
  if (path === '' || !existsSync(path)) return RequestsFile.parse({});
  const bad = (why: string) =>
    new MigrateError('REQUESTS_INVALID', `.migrate/requests.yaml is not understood: ${why}.`, {
      hint: 'It may hold params, bodies, queries, headers and without.',
    });
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw bad((error as Error).message.split('\n')[0] ?? 'it is no YAML');
  }
  const file = RequestsFile.safeParse(value);
  if (file.success) return file.data;
  const [issue] = file.error.issues;
  throw bad(`${issue?.path.join('.') || 'its root'}: ${issue?.message}`);
}
