import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { parse, stringify } from 'yaml';
import { asking, layOut, type Runtimes } from '../table-rows/serve.ts';

/**
 * Asks a small use of each package on Node and in workerd, and writes those that answer the same to
 * `playbooks/data/workers-packages.yaml`: the plan does not call a route's package unmeasured then.
 * `npm run bench:packages [-- --only zod]`; with `--only` nothing is written.
 */
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
process.env.MIGRATE_CACHE ??= join(root, '.cache');
const runtimes = (await import(
  pathToFileURL(join(root, 'dist', 'src', 'runtimes', 'index.js')).href
)) as Runtimes;
const SPECS = ['node@22', 'workers'] as const;

const all: Record<string, string> = parse(
  readFileSync(join(root, 'playbooks', 'data', 'package-uses.yaml'), 'utf8'),
);
const uses = Object.entries(all).filter(([name]) => values.only.length === 0 || values.only.includes(name));
const dir = mkdtempSync(join(tmpdir(), 'migrate-packages-'));
const same: { name: string; version: string }[] = [];
try {
  mkdirSync(join(dir, 'logs'));
  writeFileSync(join(dir, 'package.json'), '{ "name": "packages", "private": true, "type": "module" }\n');
  const install = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  await execa('npm', [...install, '--ignore-scripts', ...uses.map(([name]) => name)], { cwd: dir });
  layOut(join(root, 'bench', 'table-rows', 'served'), dir, []);
  for (const [name, use] of uses) {
    const file = name.replace(/\W+/g, '-');
    const text = `import * as m from ${JSON.stringify(name)};\nexport const probe = async () => ({ value: ${use} });\n`;
    writeFileSync(join(dir, `${file}.mjs`), text);
    layOut(null, dir, [file]);
    const [node, workers] = [
      await asking({ dir, runtimes }, SPECS[0], file, (ask) => ask('go=1')),
      await asking({ dir, runtimes }, SPECS[1], file, (ask) => ask('go=1')),
    ].map((found) => JSON.stringify(found));
    const { version } = JSON.parse(readFileSync(join(dir, 'node_modules', name, 'package.json'), 'utf8')) as {
      version: string;
    };
    const isSame = node === workers && node !== undefined && node.startsWith('{"value":');
    if (isSame) same.push({ name, version });
    process.stdout.write(
      `${isSame ? 'same ' : 'other'} ${name} ${version}${isSame ? '' : `  Node ${node} · workerd ${workers}`}\n`,
    );
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
if (values.only.length === 0) {
  const versions: string[] = [];
  for (const spec of SPECS)
    versions.push((await runtimes.provisionRuntime(await runtimes.parseSpec(spec), {})).version);
  const table = {
    asOf: new Date().toISOString().slice(0, 10),
    source: `One small use of each on Node ${versions[0]} and workerd ${versions[1]}, the same answer`,
    packages: same.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  const head =
    '# Packages that answered in workerd as on Node, in one small use each. Written by `npm run bench:packages`.\n';
  writeFileSync(
    join(root, 'playbooks', 'data', 'workers-packages.yaml'),
    head + stringify(table, { flowCollectionPadding: true, lineWidth: 110 }),
  );
}
