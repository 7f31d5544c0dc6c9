import type { EntryPoint } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { evidenceOnLine } from '../evidence.ts';
import { isRecord, type Manifest, said, stringEntries } from '../manifests.ts';
import { type Invocation, invocations, runtimeCall } from '../readers/command.ts';

const STARTERS = new Set(['node', 'bun', 'deno', 'tsx', 'ts-node', 'nodemon', 'pm2', 'pm2-runtime']);

const detector: Detector = {
  id: 'entry-points',
  title: 'entry points',
  async detect({ repository, manifests }) {
    const entryPoints: EntryPoint[] = [];
    for (const manifest of manifests) {
      const add = (kind: EntryPoint['kind'], name: string, file: string, path: (string | number)[]) => {
        const written = [manifest.folder, file.replace(/^\.\//, '')].filter(Boolean).join('/');
        const found = [written, `${written}.js`, `${written}/index.js`].find((candidate) =>
          repository.has(candidate),
        );
        entryPoints.push({
          ...said(manifest, ...path),
          kind,
          name,
          file: found ?? written,
          present: found !== undefined,
        });
      };
      for (const kind of ['main', 'module'] as const) {
        const value = manifest.raw[kind];
        if (typeof value === 'string') add(kind, kind, value, [kind]);
      }
      for (const { name, file, path } of exportTargets(manifest.raw.exports)) {
        add('exports', name, file, ['exports', ...path]);
      }
      if (typeof manifest.raw.bin === 'string')
        add('bin', String(manifest.raw.name ?? 'bin'), manifest.raw.bin, ['bin']);
      for (const [name, file] of stringEntries(manifest.raw.bin)) add('bin', name, file, ['bin', name]);
      for (const { name, file } of startedFiles(manifest)) add('script', name, file, ['scripts', name]);
    }
    entryPoints.push(...(await procfile(repository)));
    return { entryPoints };
  },
};

/** Files behind `exports`, with the conditions that lead to them: `. > import`. Patterns and blocked paths have no file. */
function exportTargets(
  value: unknown,
  path: string[] = [],
): { name: string; file: string; path: string[] }[] {
  if (typeof value === 'string')
    return value.includes('*') ? [] : [{ name: path.join(' > ') || '.', file: value, path }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => exportTargets(inner, [...path, key]));
}

/** The file a program starts: the first word that is no option. For pm2 it is a source; its own configuration is none. */
function startedBy(item: Invocation): string | null {
  if (!item.program.startsWith('pm2')) return runtimeCall(item).file;
  const args = item.args[0] === 'start' ? item.args.slice(1) : item.args;
  const { file } = runtimeCall({ ...item, args });
  return file && /\.[cm]?[jt]sx?$/.test(file) && !/\.config\./.test(file) ? file : null;
}

/** Files that scripts start as an application: what `start`, `serve` and development scripts run. */
function startedFiles(manifest: Manifest): { name: string; file: string }[] {
  return stringEntries(manifest.raw.scripts)
    .filter(([name]) => /^(start|serve|dev|prod)($|[:-])/.test(name))
    .flatMap(([name, command]) =>
      invocations(command)
        .filter((item) => STARTERS.has(item.program))
        .map((item) => (item.args[0] === 'watch' ? { ...item, args: item.args.slice(1) } : item))
        .flatMap((item) => startedBy(item) ?? [])
        .filter((file) => /\.[cm]?[jt]sx?$|^[\w./-]+$/.test(file))
        .map((file) => ({ name, file })),
    );
}

async function procfile(repository: {
  has(path: string): boolean;
  read(path: string): Promise<string | null>;
}) {
  const text = repository.has('Procfile') ? await repository.read('Procfile') : null;
  if (text === null) return [];
  const lines = text.split('\n');
  return lines.flatMap((line, index): EntryPoint[] => {
    const process = /^([\w-]+):\s*(.+)$/.exec(line);
    return invocations(process?.[2] ?? '')
      .filter((item) => STARTERS.has(item.program))
      .flatMap((item) => startedBy(item) ?? [])
      .map((file) => ({
        ...evidenceOnLine('Procfile', lines, index),
        kind: 'procfile' as const,
        name: process?.[1] ?? '',
        file: file.replace(/^\.\//, ''),
        present: repository.has(file.replace(/^\.\//, '')),
      }));
  });
}

export default detector;
