import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Application = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** `owner/name` on GitHub, and the commit. */
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  what: z.string(),
  /** `--today`. */
  today: z.string().optional(),
  /** `--setup`, each. */
  setup: z.array(z.string()).default([]),
  /** What the file of `--env-file` holds. */
  env: z.string().optional(),
});
export type Application = z.infer<typeof Application>;

export const readList = (file: string): Application[] =>
  z.array(Application).parse(parse(readFileSync(file, 'utf8')));
