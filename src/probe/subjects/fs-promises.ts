import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:fs/promises')>('fs/promises', {
  readFile: async ({ readFile, writeFile }, { scratch }) => {
    await writeFile(`${scratch}/p-read`, 'x');
    return same(await readFile(`${scratch}/p-read`, 'utf8'), 'x');
  },
  writeFile: async ({ writeFile, stat }, { scratch }) => {
    await writeFile(`${scratch}/p-write`, new Uint8Array(3));
    return same((await stat(`${scratch}/p-write`)).size, 3);
  },
  mkdir: async ({ mkdir, readdir }, { scratch }) => {
    await mkdir(`${scratch}/p-dir/in`, { recursive: true });
    return same((await readdir(`${scratch}/p-dir`, { withFileTypes: true }))[0]?.isDirectory(), true);
  },
  rm: async ({ mkdir, rm, access }, { scratch }) => {
    await mkdir(`${scratch}/p-rm`, { recursive: true });
    await rm(`${scratch}/p-rm`, { recursive: true });
    return same(await access(`${scratch}/p-rm`).catch((error) => error.code), 'ENOENT');
  },
  open: async ({ open }, { scratch }) => {
    const file = await open(`${scratch}/p-open`, 'w+');
    await file.write('line 1\nline 2\n');
    const { bytesRead } = await file.read(new Uint8Array(6), 0, 6, 0);
    await file.close();
    return same(bytesRead, 6);
  },
  'open readLines': async ({ open, writeFile }, { scratch }) => {
    await writeFile(`${scratch}/p-lines`, 'a\nb\n');
    const file = await open(`${scratch}/p-lines`);
    const lines: string[] = [];
    for await (const line of file.readLines()) lines.push(line);
    return same(lines, ['a', 'b']);
  },
  opendir: async ({ opendir, mkdir }, { scratch }) => {
    await mkdir(`${scratch}/p-od/in`, { recursive: true });
    const names: string[] = [];
    for await (const one of await opendir(`${scratch}/p-od`)) names.push(one.name);
    return same(names, ['in']);
  },
  mkdtemp: async ({ mkdtemp, stat }, { scratch }) =>
    same((await stat(await mkdtemp(`${scratch}/p-`))).isDirectory(), true),
  cp: async ({ cp, mkdir, writeFile, readFile }, { scratch }) => {
    await mkdir(`${scratch}/p-cp`, { recursive: true });
    await writeFile(`${scratch}/p-cp/x`, 'x');
    await cp(`${scratch}/p-cp`, `${scratch}/p-cp2`, { recursive: true });
    return same(await readFile(`${scratch}/p-cp2/x`, 'utf8'), 'x');
  },
  watch: async ({ watch, mkdir, writeFile }, { scratch }) => {
    await mkdir(`${scratch}/p-watch`, { recursive: true });
    const stop = new AbortController();
    const timer = setInterval(() => void writeFile(`${scratch}/p-watch/x`, String(Math.random())), 50);
    try {
      for await (const { filename } of watch(`${scratch}/p-watch`, { signal: stop.signal }))
        return same(filename, 'x');
    } finally {
      clearInterval(timer);
    }
  },
});
