import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import type { Evidence } from '../../../model/inventory.ts';
import { evidenceAt } from '../../evidence.ts';
import { isRecord } from '../../manifests.ts';
import type { RepositoryRule } from '../repository-rule.ts';
import type { Seen } from '../seen.ts';

/** From this date on Workers have Node's modules without a flag. Source: workerd's own message, 2026-11-23. */
const COMPAT_BY_DEFAULT = '2026-08-04';
/** Before this date most of Node's modules are polyfills, and an Express application does not start. Measured 2026-11-23. */
const HTTP_SERVER = '2025-09-15';
const BINDINGS = [
  'kv_namespaces',
  'r2_buckets',
  'd1_databases',
  'durable_objects',
  'queues',
  'hyperdrive',
  'services',
  'vectorize',
  'ai',
  'analytics_engine_datasets',
  'browser',
  'workflows',
  'dispatch_namespaces',
];

interface Settings {
  value: Record<string, unknown>;
  place(...path: string[]): Evidence;
}

const rule: RepositoryRule = {
  id: 'platform-files',
  title: 'what files of platforms and runtimes say',
  kinds: [
    'wrangler-date',
    'wrangler-no-node',
    'wrangler-legacy',
    'platform-binding',
    'vercel-runtime',
    'netlify-edge',
    'deno-imports',
    'deno-unstable',
    'bunfig-preload',
    'lambda-runtime',
  ],
  async see(look) {
    const { repository, facts } = look;
    const { isForeign } = await look.roles();
    const seen: Seen[] = [];
    for (const file of repository.files) {
      const read = isForeign(file) ? undefined : READERS.find(({ of }) => of.test(file))?.read;
      const text = read ? await repository.read(file) : null;
      const settings = text === null ? null : settingsIn(file, text);
      if (read && settings) seen.push(...read(settings));
    }
    const [lambda] = facts.functions.filter(
      ({ platform, runtime }) => platform !== 'adapter' && /^nodejs/.test(runtime ?? ''),
    );
    if (lambda) {
      const { location, snippet, known } = lambda;
      seen.push({
        location,
        ...(snippet && { snippet }),
        known,
        kind: 'lambda-runtime',
        name: lambda.runtime ?? '',
      });
    }
    return { seen };
  },
};

const READERS: readonly { of: RegExp; read(settings: Settings): Seen[] }[] = [
  { of: /(^|\/)wrangler\.(toml|jsonc?)$/, read: ofWrangler },
  { of: /(^|\/)vercel\.json$/, read: ofVercel },
  { of: /(^|\/)netlify\.toml$/, read: ofNetlify },
  { of: /(^|\/)deno\.jsonc?$/, read: ofDeno },
  { of: /(^|\/)bunfig\.toml$/, read: ofBunfig },
];

/** The settings of a TOML or JSON file and where they stand; null for one that does not parse. */
function settingsIn(file: string, text: string): Settings | null {
  if (file.endsWith('.toml')) {
    let value: unknown;
    try {
      value = parseToml(text);
    } catch {
      return null;
    }
    const place = (...path: string[]) => {
      const last = path.at(-1) ?? '';
      const at = text.search(
        new RegExp(
          `^\\s*(?:\\[+\\s*)?(?:[\\w."-]+\\.)?"?${last.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"?\\s*(?:=|\\]|\\.)`,
          'm',
        ),
      );
      return evidenceAt(file, text, at < 0 ? 0 : at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0), 'read');
    };
    return isRecord(value) ? { value, place } : null;
  }
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const value: unknown = tree && getNodeValue(tree);
  if (!tree || !isRecord(value)) return null;
  return {
    value,
    place: (...path) => evidenceAt(file, text, findNodeAtLocation(tree, path)?.parent?.offset ?? 0, 'read'),
  };
}

function ofWrangler({ value, place }: Settings): Seen[] {
  const seen: Seen[] = [];
  const date = typeof value.compatibility_date === 'string' ? value.compatibility_date : null;
  const flags = Array.isArray(value.compatibility_flags) ? value.compatibility_flags.map(String) : [];
  if (date !== null && date < HTTP_SERVER && !flags.includes('enable_nodejs_http_server_modules'))
    seen.push({ ...place('compatibility_date'), kind: 'wrangler-date', name: date });
  if (date !== null && date < COMPAT_BY_DEFAULT && !flags.some((flag) => /^nodejs_compat/.test(flag)))
    seen.push({ ...place('compatibility_date'), kind: 'wrangler-no-node', name: date });
  if (value.node_compat === true)
    seen.push({ ...place('node_compat'), kind: 'wrangler-legacy', name: 'node_compat' });
  for (const name of BINDINGS)
    if (value[name] !== undefined) seen.push({ ...place(name), kind: 'platform-binding', name });
  return seen;
}

function ofVercel({ value, place }: Settings): Seen[] {
  if (!isRecord(value.functions)) return [];
  return Object.entries(value.functions).flatMap(([pattern, one]): Seen[] =>
    isRecord(one) && typeof one.runtime === 'string'
      ? [{ ...place('functions', pattern), kind: 'vercel-runtime', name: one.runtime }]
      : [],
  );
}

function ofNetlify({ value, place }: Settings): Seen[] {
  if (!Array.isArray(value.edge_functions)) return [];
  return [{ ...place('edge_functions'), kind: 'netlify-edge', name: 'edge_functions' }];
}

function ofDeno({ value, place }: Settings): Seen[] {
  const seen: Seen[] = [];
  if (isRecord(value.imports) && Object.keys(value.imports).length > 0)
    seen.push({ ...place('imports'), kind: 'deno-imports', name: 'imports' });
  for (const name of Array.isArray(value.unstable) ? value.unstable : [])
    seen.push({ ...place('unstable'), kind: 'deno-unstable', name: String(name) });
  return seen;
}

function ofBunfig({ value, place }: Settings): Seen[] {
  const isSet = Array.isArray(value.preload) || typeof value.preload === 'string';
  return isSet ? [{ ...place('preload'), kind: 'bunfig-preload', name: 'preload' }] : [];
}

export default rule;
