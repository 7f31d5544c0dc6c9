import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { probeDependencies, readServices } from '../../src/probe/index.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import { readProbeTables } from '../../src/workspace/tables/probes.ts';
import { writeSection } from '../section.ts';
import { runtimesSection } from './runtimes.ts';
import { type Measured, section } from './table.ts';

/**
 * Does with drivers and ORMs what `migrate probe deps` does, with real servers, on each runtime, and writes docs/compatibility.md:
 * `npm run bench:drivers -- --postgres URL --mysql URL --redis URL --amqp URL [--on bun] [--only pg]`. Results are kept beside, so that
 * one runtime or package can be asked again.
 */
const { values } = parseArgs({
  options: {
    on: { type: 'string', multiple: true, default: ['node@22', 'node@24', 'bun@1.4', 'deno@2', 'workers'] },
    only: { type: 'string', multiple: true, default: [] },
    postgres: { type: 'string' },
    mysql: { type: 'string' },
    redis: { type: 'string' },
    amqp: { type: 'string' },
  },
});
const PACKAGES = [
  'pg',
  'mysql2',
  'ioredis',
  'redis',
  'amqplib',
  'knex',
  'sequelize',
  'typeorm',
  'drizzle-orm',
  '@prisma/client',
];

/** What some of them need beside a driver. */
const BESIDE = ['pg', 'mysql2', 'pg-hstore'];

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
process.env.MIGRATE_CACHE ??= join(root, '.cache');
const file = join(root, 'bench', 'drivers', 'results.json');
const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Measured[]) : [];
const { postgres, mysql, redis, amqp } = values;
const given = Object.fromEntries(
  Object.entries({ postgres, mysql, redis, amqp }).filter(([, url]) => url !== undefined),
);
const services = await readServices(given, {}, false);
const signal = new AbortController().signal;
const provision = async (spec: string) => provisionRuntime(await parseSpec(spec), {});
const reference = await provision('node@22');
writeSection(root, 'runtimes', runtimesSection(readProbeTables()), 'compatibility.md');
for (const spec of values.on) {
  const target = await provision(spec);
  const on = `${target.spec.name} ${target.version}`;
  const isAsked = (name: string) =>
    PACKAGES.includes(name) && (values.only.length === 0 || values.only.includes(name));
  const wanted = [...new Set([...PACKAGES, ...BESIDE])].filter(
    (name) => isAsked(name) || BESIDE.includes(name),
  );
  const dependencies = await probeDependencies({
    ...{ target, reference, services, signal, uses: {}, scripts: false },
    wanted: wanted.map((name) => ({ name, version: 'latest' })),
    nativeIn: async () => new Map(),
    progress: (text) => process.stderr.write(`${text}\n`),
  });
  const asOf = new Date().toISOString().slice(0, 10);
  const fresh = dependencies.filter(({ name }) => isAsked(name));
  for (const dependency of fresh) {
    const at = kept.findIndex((one) => one.on === on && one.dependency.name === dependency.name);
    const measured = { on, asOf, dependency };
    if (at < 0) kept.push(measured);
    else kept[at] = measured;
  }
  kept.sort((a, b) => (`${a.dependency.name} ${a.on}` < `${b.dependency.name} ${b.on}` ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  writeSection(root, 'drivers', section(kept, PACKAGES), 'compatibility.md');
}
