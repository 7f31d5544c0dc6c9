import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** A public application that we did not write, at one commit. */
export const PublicApplication = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** `owner/name` on GitHub, and the commit. */
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  /** What it is, in a few words, for the table. */
  what: z.string(),
});

/**
 * The applications of a list.
 *
 * @param asked names that were given by `--app`
 * @throws Error naming the application and field that is not understood, or a name that is in no list
 */
export function readApplications<App extends { name: string }>(
  schema: z.ZodType<App>,
  file: string,
  asked: readonly string[] = [],
): App[] {
  const list = z.array(schema).safeParse(parse(readFileSync(file, 'utf8')));
  if (!list.success) {
    const [issue] = list.error.issues;
    throw new Error(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const unknown = asked.find((name) => !list.data.some((app) => app.name === name));
  if (unknown !== undefined) throw new Error(`--app: there is no application "${unknown}" in the list.`);
  return list.data;
}

/** What earlier runs found, by the name of the application: one can be run again by itself. */
export function readResults<Row extends { name: string }>(file: string): Map<string, Row> {
  const rows: Row[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  return new Map(rows.map((row) => [row.name, row]));
}

/** Sources and manifests of a checkout. */
export function sourcesOf(home: string): Map<string, string> {
  const tree = new Map<string, string>();
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(home, file);
    if (
      entry.isFile() &&
      /\.(?:[cm]?[jt]sx?|json)$/.test(path) &&
      !/(?:^|\/)(?:node_modules|\.git)\//.test(path)
    )
      tree.set(path, readFileSync(file, 'utf8'));
  }
  return tree;
}
