import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** What repositories call the file that shows which variables there are. */
const NAMES = ['.env', 'env'].flatMap((name) =>
  ['.example', '.sample', '.template', '.dist', '-example', '-sample', '.defaults'].map((end) => name + end),
);

/** An example of an environment file that a repository brings. */
export interface Example {
  file: string;
  variables: Readonly<Record<string, string>>;
}

/** The example that stands for an environment file which is not there; null where there is one, or no example. */
export function exampleOf(dir: string): Example | null {
  if (existsSync(join(dir, '.env'))) return null;
  const file = [...NAMES, 'example.env', 'sample.env'].find((name) => existsSync(join(dir, name)));
  if (file === undefined) return null;
  const given = Object.entries(parseEnv(readFileSync(join(dir, file), 'utf8')));
  // What is left empty is for the user to fill.
  const variables = given.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return variables.length === 0 ? null : { file, variables: Object.fromEntries(variables) };
}
