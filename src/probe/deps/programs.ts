import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorker } from '../../runtimes/workers/bundle.ts';
import { bundle, own } from '../bundle.ts';
import type { Program } from '../host.ts';

/** A folder with packages, in which a program finds them. */
export interface Ground {
  dir: string;
  isWorker: boolean;
}

/** A program that loads one package and, where a small use of it is known, makes that. */
export function dependencyProgram(ground: Ground, name: string, use: string | null): Promise<Program> {
  const call =
    use === null
      ? ''
      : `call: async (m) => ({ level: 'differs', saw: JSON.stringify((${use})) ?? 'undefined' }),`;
  const subject = `{ module: ${JSON.stringify(`(${name})`)}, checks: { load: () => undefined, ${call} } }`;
  return program(ground, `load-${name}`, `const subject = ${subject};`, name);
}

/** A program that does with a driver what one file of `drivers/` says. */
export const driverProgram = (ground: Ground, file: string, load: string): Promise<Program> =>
  program(
    ground,
    `driver-${file}`,
    `import driver from ${own(`drivers/${file}`)};\nconst { subject } = driver;`,
    load,
  );

async function program(
  { dir, isWorker }: Ground,
  title: string,
  head: string,
  load: string,
): Promise<Program> {
  const name = title.replace(/[^\w-]+/g, '-');
  const inside = isWorker ? 'inWorker' : 'inProcess';
  const from = own(`inside/${isWorker ? 'worker' : 'process'}`);
  const run = isWorker ? 'export default inWorker(subject, load);' : 'await inProcess(subject, load);';
  const source = `import { ${inside} } from ${from};\n${head}\nconst load = () => import(${JSON.stringify(load)});\n${run}\n`;
  const text = await bundle(source, dir);
  if (!isWorker) return { name, text };
  await writeFile(join(dir, `${name}.worker.mjs`), text);
  const folder = join(dir, `bundle-${name}`);
  await mkdir(folder, { recursive: true });
  return { name, text: await readFile(await bundleWorker(dir, `${name}.worker.mjs`, folder), 'utf8') };
}
