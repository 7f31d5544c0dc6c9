import {
  printSupport,
  type SupportStyle,
  supportFiles as supportIn,
} from '../../shared/to-hono/support-files.ts';

/** What an application needs beside its routes. */
export interface Needs {
  release: 4 | 5;
  /** Whether it is one before 5.5. */
  isEarly: boolean;
  /** Whether it is one before 5.8. */
  namesTypes: boolean;
  /** Whether it is one before 5.9. */
  findsNone: boolean;
  /** How it asks validators: before 5.6.2, before 5.12.1, or as it does now. */
  validates: 'first' | 'early' | 'now';
  target: 'node' | 'bun' | 'deno' | 'workers';
  /** Whether Fastify stays, and loads the plugins itself. */
  beside: boolean;
  log: boolean;
  schemas: boolean;
  inject: boolean;
  /** Files of packages: `cookies`, `cors`. */
  packages: readonly string[];
}

const ROOT = new URL('../parity-source/', import.meta.url);
const ALWAYS = [
  'types',
  'paths',
  'request',
  'answers',
  'errors',
  'client',
  'payload',
  'sending',
  'query',
  'body',
  'rules',
  'malformed',
  'media',
];
const WHOLE = ['app', 'scopes', 'too-long'];
const BESIDE = ['beside', 'parts', 'in-fastify', 'in-hono'];

/** Packages that support files import, with the versions they were tested with. */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  app: { avvio: '^9.0.0' },
  errors: { '@fastify/error': '^4.2.0' },
  beside: { '@hono/node-server': '^2.1.8' },
  'listen-node': { '@hono/node-server': '^2.1.8' },
  log: { pino: '^10.0.0' },
  schemas: { '@fastify/ajv-compiler': '^4.0.5', '@fastify/fast-json-stringify-compiler': '^5.0.0' },
};

/** The names of the files that an application needs, without extension, and where each comes from. */
export function supportNames(needs: Needs): Map<string, string> {
  const { release, isEarly, namesTypes, findsNone, validates, target, beside } = needs;
  const { log, schemas, inject, packages } = needs;
  const names = [
    ...ALWAYS,
    ...(beside ? BESIDE : WHOLE),
    ...(log ? ['log'] : []),
    ...(schemas ? ['schemas', 'validators'] : []),
    ...(inject ? ['inject'] : []),
    ...packages,
  ];
  const found = new Map(names.map((name) => [name, name]));
  if (release === 4) found.set('rules', 'rules-4');
  if (isEarly) found.set('malformed', 'malformed-early').set('json-errors', 'json-errors');
  // Beside Fastify the server is Node's on every runtime.
  if (found.has('client-ip')) found.set('client-ip', `client-ip-${beside ? 'node' : target}`);
  if (namesTypes) found.set('media', 'media-early');
  if (validates !== 'now' && schemas) found.set('validators', `validators-${validates}`);
  if (findsNone && !beside) found.set('too-long', 'too-long-early');
  if (target !== 'workers' && !beside) found.set('listen', `listen-${target}`);
  return found;
}

/** The support files' texts, by name without extension. */
export function supportFiles(needs: Needs, style: SupportStyle): Map<string, string> {
  const all = supportIn(ROOT);
  return new Map(
    [...supportNames(needs)].flatMap(([name, source]) => {
      const file = all.get(source);
      return file === undefined || (name === 'types' && !style.typescript)
        ? []
        : [[name, printSupport(file, style)] as const];
    }),
  );
}

/** What they import, for package.json. */
export function supportPackages(needs: Needs): Record<string, string> {
  const found: Record<string, string> = {};
  for (const source of supportNames(needs).values()) Object.assign(found, PACKAGES[source]);
  if (needs.release === 4 && needs.schemas) found['@fastify/fast-json-stringify-compiler'] = '^4.3.0';
  return found;
}
