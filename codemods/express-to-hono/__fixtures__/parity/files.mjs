import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the files the applications serve below `folder` and returns their root. */
export function writeSite(folder) {
  const root = join(folder, 'public');
  for (const sub of ['sub', 'sub dir', '.well']) mkdirSync(join(root, sub), { recursive: true });
  const files = {
    'index.html': '<h1>index</h1>',
    'page.html': '<p>page</p>',
    'style.css': 'b{}',
    'data.json': '{"data":true}',
    'script.js': 'let a;',
    'a b.txt': 'space',
    'ü.txt': 'umlaut',
    'empty.txt': '',
    noext: 'none',
    '.env': 'SECRET=1',
    '.well/x': 'well',
    'sub/index.html': 'sub index',
    '../secret.txt': 'secret',
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, name), text);
    utimesSync(join(root, name), 1_700_000_000, 1_700_000_000);
  }
  mkdirSync(join(folder, 'uploads'), { recursive: true });
  return { root, uploads: join(folder, 'uploads') };
}
