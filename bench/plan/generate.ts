import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What was written. */
export interface Generated {
  sources: number;
  lines: number;
  bytes: number;
  routes: number;
}

const FILES_PER_FEATURE = 25;
const ROUTES_PER_FEATURE = 6;

/**
 * Writes an Express application of about `sources` files: features with a router, a controller, a store that keeps
 * state, middleware, services that call each other through several files, and tests. The same numbers give the same
 * bytes.
 *
 * @param functions how many a service has; four is what it needs
 */
export function generateRepository(root: string, sources: number, functions = 4): Generated {
  const features = Math.max(1, Math.floor((sources - 2) / FILES_PER_FEATURE));
  let written = 0;
  let lines = 0;
  let bytes = 0;
  const write = (path: string, text: string) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (!path.endsWith('.js')) return;
    written++;
    bytes += text.length;
    lines += text.split('\n').length;
  };
  write(
    'package.json',
    `${JSON.stringify(
      {
        name: 'large-express-app',
        private: true,
        main: 'src/server.js',
        scripts: { start: 'node src/server.js', seed: 'node scripts/seed.js', test: 'node --test' },
        engines: { node: '>=20' },
        dependencies: { express: '4.22.3', pg: '8.16.0', pino: '9.0.0' },
      },
      null,
      2,
    )}\n`,
  );
  const names = Array.from({ length: features }, (_, index) => `feature-${index}`);
  write('src/server.js', "const app = require('./app');\n\napp.listen(Number(process.env.PORT) || 3000);\n");
  write(
    'src/app.js',
    [
      "const express = require('express');",
      ...names.map((name, index) => `const router${index} = require('./features/${name}/router');`),
      'const app = express();',
      'app.use(express.json());',
      ...names.map((name, index) => `app.use('/api/${name}', router${index});`),
      'module.exports = app;',
      '',
    ].join('\n'),
  );
  for (const [index, name] of names.entries()) feature(name, index, functions, write);
  for (let extra = 0; written < sources; extra++)
    write(`src/shared/extra-${extra}.js`, service(extra, null, functions));
  return { sources: written, lines, bytes, routes: features * ROUTES_PER_FEATURE };
}

function feature(
  name: string,
  index: number,
  functions: number,
  write: (path: string, text: string) => void,
): void {
  const folder = `src/features/${name}`;
  write(`${folder}/router.js`, router());
  write(`${folder}/controller.js`, controller());
  write(`${folder}/store.js`, store(index));
  write(`${folder}/middleware.js`, middleware());
  const services = FILES_PER_FEATURE - 5;
  for (let at = 0; at < services; at++) {
    write(
      `${folder}/services/service-${at}.js`,
      service(at, at + 1 < services ? `./service-${at + 1}` : null, functions),
    );
  }
  write(`test/${name}.test.js`, test(name));
}

const router = (): string => `const { Router } = require('express');
const controller = require('./controller');
const { authenticate, audit } = require('./middleware');

const router = Router();
router.use(authenticate);
router.get('/', controller.list);
router.post('/', audit, controller.create);
router.get('/:id', controller.show);
router.put('/:id', audit, controller.replace);
router.delete('/:id', audit, controller.remove);
router.get('/:id/export', controller.download);

module.exports = router;
`;

const controller = (): string => `const path = require('node:path');
const store = require('./store');
const service = require('./services/service-0');

exports.list = async (req, res) => {
  const { page = '1', size = '20' } = req.query;
  const items = await store.list(Number(page), Number(size));
  res.json({ items: items.map(service.present), page: Number(page) });
};

exports.create = async (req, res, next) => {
  try {
    const problems = service.validate(req.body);
    if (problems.length > 0) return res.status(400).json({ problems });
    const item = await store.insert(service.normalise(req.body));
    return res.status(201).location(\`/\${item.id}\`).json(service.present(item));
  } catch (error) {
    return next(error);
  }
};

exports.show = async (req, res) => {
  const item = await store.find(req.params.id);
  if (!item) return res.status(404).json({ error: 'not found' });
  return res.json(service.present(item));
};

exports.replace = async (req, res) => {
  const item = await store.update(req.params.id, service.normalise(req.body));
  res.json(service.present(item));
};

exports.remove = async (req, res) => {
  await store.remove(req.params.id);
  res.status(204).end();
};

exports.download = (req, res) => {
  res.sendFile(path.join(__dirname, 'exports', \`\${Number(req.params.id)}.csv\`));
};
`;

const store = (index: number): string => `const { Pool } = require('pg');

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const cache = new Map();
const table = 'items_${index}';

async function find(id) {
  if (cache.has(id)) return cache.get(id);
  const { rows } = await pool.query(\`select * from \${table} where id = $1\`, [id]);
  if (rows[0]) cache.set(id, rows[0]);
  return rows[0] ?? null;
}

async function list(page, size) {
  const { rows } = await pool.query(\`select * from \${table} limit $1 offset $2\`, [size, (page - 1) * size]);
  return rows;
}

async function insert(item) {
  const { rows } = await pool.query(\`insert into \${table} (name, price) values ($1, $2) returning *\`, [item.name, item.price]);
  return rows[0];
}

async function update(id, item) {
  cache.delete(id);
  const { rows } = await pool.query(\`update \${table} set name = $2 where id = $1 returning *\`, [id, item.name]);
  return rows[0];
}

async function remove(id) {
  cache.delete(id);
  await pool.query(\`delete from \${table} where id = $1\`, [id]);
}

module.exports = { find, list, insert, update, remove };
`;

const middleware = (): string => `const crypto = require('node:crypto');

exports.authenticate = (req, res, next) => {
  const token = req.get('authorization');
  if (!token) return res.status(401).json({ error: 'sign in first' });
  req.user = { id: crypto.createHash('sha256').update(token).digest('hex').slice(0, 8) };
  return next();
};

exports.audit = (req, res, next) => {
  res.on('finish', () => console.log(req.method, req.originalUrl, res.statusCode, req.user.id));
  next();
};
`;

const service = (
  index: number,
  next: string | null,
  functions: number,
): string => `${index % 4 === 0 ? "const { performance } = require('node:perf_hooks');\n" : ''}${next ? `const inner = require('${next}');\n` : ''}
const RULES = [
  { field: 'name', test: (value) => typeof value === 'string' && value.length > 0, message: 'name is missing' },
  { field: 'price', test: (value) => Number.isFinite(value) && value >= 0, message: 'price must be a number' },
];

function validate(body) {
  const problems = RULES.filter(({ field, test }) => !test(body?.[field])).map(({ message }) => message);
${index % 4 === 0 ? "  console.debug('validated', performance.now());\n" : ''}  return ${next ? 'problems.concat(inner.validate(body))' : 'problems'};
}

function normalise(body) {
  const copy = { ...body, name: String(body.name ?? '').trim(), price: Math.round(Number(body.price) * 100) / 100 };
  for (const key of Object.keys(copy)) if (copy[key] === undefined) delete copy[key];
  return ${next ? 'inner.normalise(copy)' : 'copy'};
}

function present(item) {
  const { id, name, price, ...rest } = item;
  const shown = { id, name, price: \`\${price}\`, extra: Object.keys(rest).sort((a, b) => a.localeCompare(b)) };
  return ${next ? '{ ...inner.present(item), ...shown }' : 'shown'};
}

function summarise(items) {
  const totals = new Map();
  for (const item of items) {
    const key = item.name.slice(0, 1).toLowerCase();
    const entry = totals.get(key) ?? { count: 0, sum: 0 };
    entry.count += 1;
    entry.sum += item.price;
    totals.set(key, entry);
  }
  return [...totals].map(([letter, { count, sum }]) => ({ letter, count, average: sum / count }));
}

${Array.from({ length: functions - 4 }, (_, at) => rule(at)).join('')}
module.exports = { validate, normalise, present, summarise${Array.from({ length: functions - 4 }, (_, at) => `, rule${at}`).join('')} };
`;

const rule = (at: number): string => `
function rule${at}(item, limit = ${at + 10}) {
  const over = Object.entries(item).filter(([, value]) => Number(value) > limit);
  if (over.length > 0) return { ok: false, reason: over.map(([key]) => key).join(',') };
  return ${at > 0 ? `rule${at - 1}(item, limit + 1)` : '{ ok: true, reason: null }'};
}
`;

const test = (name: string): string => `const test = require('node:test');
const assert = require('node:assert');
const { validate } = require('../src/features/${name}/services/service-0');

test('an empty body is refused', () => {
  assert.ok(validate({}).length > 0);
});
`;
