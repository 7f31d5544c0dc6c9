import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { writeFileAtomic } from '../atomic.ts';
import { stateFolder } from '../state.ts';

/** A document of evidence with the file it is in. */
export interface Kept<T> {
  found: T;
  /** Relative to the repository. */
  file: string;
  sha256: string;
}

/**
 * Keeps a document under `.migrate/evidence/<kind>/`.
 *
 * @returns the path relative to the root
 */
export function keepEvidence(root: string, kind: string, found: { readonly id: string }): string {
  const { id } = found;
  const folder = join(stateFolder(root), 'evidence', kind);
  mkdirSync(folder, { recursive: true });
  writeFileAtomic(join(folder, `${id}.json`), `${JSON.stringify(found, null, 2)}\n`);
  return `.migrate/evidence/${kind}/${id}.json`;
}

/** Every document of a kind that was kept, oldest first. A file that is no such document is passed over. */
export function readEvidence<T extends z.ZodType>(root: string, kind: string, schema: T): Kept<z.infer<T>>[] {
  const folder = join(root, '.migrate', 'evidence', kind);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    const bytes = readFileSync(join(folder, name));
    try {
      const parsed = schema.safeParse(JSON.parse(bytes.toString('utf8')));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return parsed.success
        ? [{ found: parsed.data, file: `.migrate/evidence/${kind}/${name}`, sha256 }]
        : [];
    } catch {
      // Torn or edited: no evidence.
      return [];
    }
  });
}
