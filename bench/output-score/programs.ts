import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argumentsOf, calleeOf, isIdentifier, literalText } from '../../src/workspace/syntax/nodes.ts';
import { parseFile } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { Application } from '../field-test/list.ts';
import { extract } from '../field-test/prepare.ts';
import { readApplications } from '../public-applications.ts';

/** A program in Express in a scratch folder. */
export interface Program {
  group: Group;
  name: string;
  folder: string;
}

export const GROUPS = ['fixture', 'field-test', 'example', 'one-route'] as const;
export type Group = (typeof GROUPS)[number];

/** Express's own examples, at one commit. None of their code is part of this repository. */
const EXPRESS = { repository: 'expressjs/express', commit: 'a3714473feb3d2908add734d340e7755fd85e0a3' };

/** The smallest application: what a conversion costs that needs nothing. */
export const ONE_ROUTE: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "one-route", "main": "app.js", "dependencies": { "express": "^5.3.0" } }\n',
  'app.js': `const express = require('express');

const app = express();

app.get('/hi', (req, res) => {
  res.json({ hi: 'there' });
});

app.listen(process.env.PORT || 3000);
`,
};

/**
 * Lays out every program that is there.
 *
 * @param clones folder with clones of public repositories, `owner+name` each; null: there is none
 * @param skip told of what is left out, and why
 */
export async function layOut(
  root: string,
  scratch: string,
  clones: string | null,
  skip: (name: string, why: string) => void,
): Promise<Program[]> {
  const programs: Program[] = [];
  const place = (group: Group, name: string): string => {
    const folder = join(scratch, group, name);
    mkdirSync(folder, { recursive: true });
    programs.push({ group, name, folder });
    return folder;
  };
  for (const name of readdirSync(join(root, 'fixtures')))
    cpSync(join(root, 'fixtures', name), place('fixture', name), {
      recursive: true,
      filter: (from) => !/[\\/](node_modules|\.migrate|uploads)$/.test(from),
    });
  const hi = place('one-route', 'one-route');
  for (const [path, text] of Object.entries(ONE_ROUTE)) writeFileSync(join(hi, path), text);

  const clone = (repository: string): string | null => {
    if (clones === null) return null;
    const folder = join(clones, repository.replace('/', '+'));
    return existsSync(folder) ? folder : null;
  };
  const absent = clones === null ? 'no --clones folder was given' : `${clones} has no clone of it`;
  for (const app of readApplications(Application, join(root, 'bench', 'field-test', 'applications.yaml'))) {
    const from = clone(app.repository);
    if (from === null) skip(app.name, absent);
    else await extract(from, app, place('field-test', app.name));
  }
  const express = clone(EXPRESS.repository);
  if (express === null) skip('the examples of Express', absent);
  else {
    const whole = join(scratch, 'express');
    await extract(express, { ...EXPRESS, folder: '.' }, whole);
    for (const { name } of readdirSync(join(whole, 'examples'), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    ))
      takeExample(whole, name, place('example', name));
  }
  return programs;
}

/** Copies one example out of Express's repository: there it loads Express by its place, here by its name. */
export function takeExample(whole: string, name: string, folder: string): void {
  cpSync(join(whole, 'examples', name), folder, { recursive: true });
  const { version, dependencies, devDependencies } = JSON.parse(
    readFileSync(join(whole, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>> & { version: string };
  const known = { ...dependencies, ...devDependencies, express: `^${version}` };
  const used = new Set(['express']);
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.js')) continue;
    const file = parseFile(path, readFileSync(join(folder, path), 'utf8'));
    let text = file.text;
    // From the end, so that earlier offsets stay.
    for (const call of findAll(file.program, 'CallExpression').reverse()) {
      const [argument] = argumentsOf(call);
      const specifier = literalText(argument);
      if (!isIdentifier(calleeOf(call), 'require') || specifier === null || argument === undefined) continue;
      const target = join(dirname(join('examples', name, path)), specifier).replace(/\/$/, '');
      if (specifier.startsWith('.') && (target === '.' || target === 'lib/express'))
        text = `${text.slice(0, argument.start)}'express'${text.slice(argument.end)}`;
      if (Object.hasOwn(known, specifier)) used.add(specifier);
    }
    writeFileSync(join(folder, path), text);
  }
  const versions = Object.entries(known).filter(([each]) => used.has(each));
  const manifest = {
    // Not its own name: `ejs` and `vhost` are packages, which it would be taken for.
    name: `express-example-${name}`,
    private: true,
    main: 'index.js',
    dependencies: Object.fromEntries(versions),
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
