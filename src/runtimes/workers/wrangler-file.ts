import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParseError, parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';

const Named = z.array(z.object({ binding: z.string() })).optional();

/** The parts of a Wrangler configuration a local run needs. Source: developers.cloudflare.com/workers/wrangler/configuration */
const WranglerFile = z.object({
  main: z.string().optional(),
  compatibility_date: z.string().optional(),
  compatibility_flags: z.array(z.string()).optional(),
  vars: z.record(z.string(), z.unknown()).optional(),
  r2_buckets: Named,
  kv_namespaces: Named,
  d1_databases: Named,
  define: z.record(z.string(), z.string()).optional(),
  alias: z.record(z.string(), z.string()).optional(),
  find_additional_modules: z.boolean().optional(),
  base_dir: z.string().optional(),
  rules: z.array(z.object({ type: z.string(), globs: z.array(z.string()) })).optional(),
});
export type WranglerFile = z.infer<typeof WranglerFile> & { path: string };

/** In the order Wrangler itself looks for them. */
const NAMES = ['wrangler.json', 'wrangler.jsonc', 'wrangler.toml'];

/**
 * Reads an application's Wrangler configuration, `null` when it has none.
 *
 * @throws MigrateError BAD_WRANGLER_FILE
 */
export async function readWranglerFile(dir: string): Promise<WranglerFile | null> {
  for (const name of NAMES) {
    const path = join(dir, name);
    const text = await readFile(path, 'utf8').catch((error) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) continue;
    const parsed = WranglerFile.safeParse(parse(path, text));
    if (parsed.success) return { ...parsed.data, path };
    const issue = parsed.error.issues[0];
    throw bad(path, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  return null;
}

function parse(path: string, text: string): unknown {
  if (path.endsWith('.toml')) {
    try {
      return parseToml(text);
    } catch (error) {
      throw bad(path, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  const errors: ParseError[] = [];
  const value = parseJsonc(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) throw bad(path, `it stops being JSON at character ${first.offset}`);
  return value;
}

const bad = (path: string, why: string): MigrateError =>
  new MigrateError('BAD_WRANGLER_FILE', `${path} cannot be read as a Wrangler configuration: ${why}.`);
