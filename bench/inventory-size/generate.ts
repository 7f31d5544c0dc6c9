import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestOf, rootFiles } from './manifests.ts';
import { KINDS, serviceFiles } from './services.ts';
import { libraryFiles, type Part, webFiles } from './web.ts';

/** Source files of one domain: its service with tests, what the browser gets of it, and a library. */
const DOMAIN = 100;
/** Mean size of a source file in bytes: 7,000 files are 27 MB. */
const MEAN = 4_250;

/** What was written. */
export interface GeneratedMonorepo {
  sources: number;
  bytes: number;
  domains: number;
}

/**
 * Writes a monorepo of `sources` TypeScript files and about 27 MB for 7,000 of them: for each domain a service
 * (Express, Fastify or NestJS in turn, with an ORM, configuration and tests), the pages of a web application and a
 * library of plain functions; beside them manifests, a lockfile and texts in JSON. The same number gives the same bytes.
 */
export function generateMonorepo(root: string, sources: number): GeneratedMonorepo {
  const folders = new Set<string>();
  let written = 0;
  let bytes = 0;
  const write = (path: string, text: string): void => {
    const file = join(root, path);
    if (!folders.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    folders.add(dirname(file));
    writeFileSync(file, text);
    if (!/\.tsx?$/.test(path)) return;
    written++;
    bytes += text.length;
  };
  const domains = Math.ceil(sources / DOMAIN);
  for (let index = 0; index < domains; index++) {
    const kind = KINDS[index % KINDS.length] ?? 'express';
    const part: Part = { index, kind, size: (at) => sizeOf(index * DOMAIN + at) };
    const folder = (name: string) => `${name}/domain-${index}`;
    for (const [name, files] of [
      ['services', serviceFiles(part)],
      ['web', webFiles(part)],
      ['libs', libraryFiles(part)],
    ] as const) {
      write(`${folder(name)}/package.json`, manifestOf(name, part));
      write(
        `${folder(name)}/tsconfig.json`,
        '{ "extends": "../../tsconfig.base.json", "include": ["src", "test"] }\n',
      );
      for (const [path, text] of files) if (written < sources) write(`${folder(name)}/${path}`, text);
    }
    write(`web/domain-${index}/src/texts/en.json`, textsOf(index));
  }
  for (const [path, text] of rootFiles(domains)) write(path, text);
  return { sources: written, bytes, domains };
}

/** From a third to five thirds of the mean, evenly: no two neighbours are of one size. */
const sizeOf = (at: number): number => MEAN * (1 / 3 + ((4 / 3) * ((at * 2017) % 1000)) / 1000);

const textsOf = (index: number): string =>
  `${JSON.stringify(
    Object.fromEntries(
      Array.from({ length: 120 }, (_, at) => [`domain${index}.text${at}`, `Text ${at} of the pages`]),
    ),
    null,
    2,
  )}\n`;
