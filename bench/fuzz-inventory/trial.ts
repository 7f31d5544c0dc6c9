import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { collectInventory } from '../../src/inventory/index.ts';
import { MigrateError } from '../../src/model/errors.ts';
import { Inventory } from '../../src/model/inventory.ts';
import { ownFolders, watchFiles } from './guard.ts';
import { type Change, changesOf, seeded } from './mutate.ts';
import { FILES } from './repository.ts';

/** What came of one mutated repository. */
export interface Trial {
  seed: number;
  ms: number;
  /** How it ended: an inventory, or a refusal that the command documents. */
  ended: 'inventory' | 'refused' | 'crashed';
  /** What must not be: a crash, a file written, something read outside, a document that its own schema refuses. */
  wrong: string[];
  /** Readers and detectors that threw, as "not checked" lines say. */
  failed: string[];
}

const SECRET = 'what-lies-outside-9f3b';

/** Makes the repository of a seed, takes its inventory under guard, and compares every byte before and after. */
export async function trial(seed: number): Promise<Trial> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'fuzz-inventory-')));
  const root = join(scratch, 'repository');
  const wrong: string[] = [];
  const failed: string[] = [];
  let ended: Trial['ended'] = 'inventory';
  const started = performance.now();
  try {
    write(scratch, root, changesOf(seeded(seed), FILES));
    const before = snapshot(scratch);
    const guard = watchFiles([root, ...ownFolders()]);
    try {
      const inventory = await collectInventory(root);
      const text = JSON.stringify(inventory);
      if (text.includes(SECRET)) wrong.push('what lies outside is in the inventory');
      const checked = Inventory.safeParse(JSON.parse(text));
      if (!checked.success) wrong.push(`the schema refuses it: ${checked.error.issues[0]?.path.join('.')}`);
      for (const { what, reason } of inventory.notChecked)
        if (/\bfailed: /.test(reason)) failed.push(`${what}: ${reason}`);
    } catch (error) {
      const isTold = error instanceof MigrateError && !/INTERNAL/.test(error.code);
      ended = isTold ? 'refused' : 'crashed';
      if (!isTold)
        wrong.push(
          `crash: ${String((error as Error).stack)
            .split('\n')
            .slice(0, 4)
            .join(' | ')}`,
        );
    } finally {
      wrong.push(...guard.stop());
    }
    if (snapshot(scratch) !== before) wrong.push('files changed');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return { seed, ms: performance.now() - started, ended, wrong, failed };
}

function write(scratch: string, root: string, changes: readonly Change[]): void {
  writeFileSync(put(join(scratch, 'outside.txt')), `${SECRET}\n`);
  writeFileSync(put(join(scratch, 'outside', 'package.json')), `{ "name": "${SECRET}" }\n`);
  // A package with a repository of its own belongs to nobody above.
  mkdirSync(join(root, '.git'), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) writeFileSync(put(join(root, path)), text);
  for (const change of changes) {
    const at = join(root, change.path);
    rmSync(at, { recursive: true, force: true });
    if (change.kind === 'text') writeFileSync(put(at), change.text);
    else if (change.kind === 'bytes') writeFileSync(put(at), change.bytes);
    else if (change.kind === 'folder') mkdirSync(at, { recursive: true });
    else if (change.kind === 'link') {
      const to = {
        file: join(scratch, 'outside.txt'),
        folder: join(scratch, 'outside'),
        loop: at,
        nothing: join(scratch, 'no'),
      };
      symlinkSync(to[change.to], put(at));
    }
  }
}

function put(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** Every path below a folder with what it holds. */
function snapshot(folder: string): string {
  const lines: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) lines.push(`${path} -> ${readlinkSync(path)}`);
    else if (entry.isFile()) lines.push(`${path} ${readFileSync(path).toString('base64')}`);
    else lines.push(path);
  }
  return lines.sort().join('\n');
}
