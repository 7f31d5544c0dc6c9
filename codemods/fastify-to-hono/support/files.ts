import { readFileSync } from 'node:fs';
import { type Style, writeSupport } from './write.ts';

/** What an application needs beside its routes. */
export interface Needs {
  release: 4 | 5;
  /** Whether it is one before 5.5. */
  isEarly: boolean;
  target: 'node' | 'bun' | 'deno' | 'workers';
  log: boolean;
  schemas: boolean;
  inject: boolean;
  /** Files of packages: `cookies`, `cors`. */
  packages: readonly string[];
}

const ROOT = new URL('../parity-source/', import.meta.url);
const ALWAYS = [
  'types',
  'app',
  'scopes',
  'paths',
  'request',
  'answers',
  'errors',
  'query',
  'body',
  'rules',
  'malformed',
];

/** Packages that support files import, with the versions they were tested with. */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  app: { avvio: '^9.0.0' },
  'listen-node': { '@hono/node-server': '^2.1.8' },
  log: { pino: '^10.0.0' },
  schemas: { '@fastify/ajv-compiler': '^4.0.5', '@fastify/fast-json-stringify-compiler': '^5.0.0' },
};

/** The names of the files that an application needs, without extension, and where each comes from. */
export function supportNames({
  release,
  isEarly,
  target,
  log,
  schemas,
  inject,
  packages,
}: Needs): Map<string, string> {
  const names = [
    ...ALWAYS,
    ...(log ? ['log'] : []),
    ...(schemas ? ['schemas'] : []),
    ...(inject ? ['inject'] : []),
    ...packages,
  ];
  const found = new Map(names.map((name) => [name, name]));
  if (release === 4) found.set('rules', 'rules-4');
  if (isEarly) found.set('malformed', 'malformed-early');
  if (target !== 'workers') found.set('listen', `listen-${target}`);
  return found;
}

/** The support files' texts, by name without extension. */
export function supportFiles(needs: Needs, style: Style): Map<string, string> {
  return new Map(
    [...supportNames(needs)].flatMap(([name, source]) => {
      const text = readFileSync(new URL(`${source}.ts`, ROOT), 'utf8');
      return name === 'types' && !style.typescript
        ? []
        : [[name, writeSupport(`${source}.ts`, text, style)] as const];
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
