import type { EntryPoint } from '../../model/inventory.ts';
import { invocations } from '../../workspace/command-line.ts';
import type { Repository } from '../../workspace/repository.ts';
import { evidenceOnLine } from '../evidence.ts';
import { commandLine, isDockerfile, readDockerfile } from '../readers/dockerfile.ts';
import type { SourceFinder } from './sources.ts';
import { startedBy } from './started.ts';

/** Images that are shown, and built by nobody here. */
const SHOWN = /(^|\/)(examples?|samples?|demos?|playgrounds?|templates?|([\w-]+-)?recipes?)\//;

/** What the `CMD` and `ENTRYPOINT` of each Dockerfile start. */
export async function dockerEntries(repository: Repository, finder: SourceFinder): Promise<EntryPoint[]> {
  const entryPoints: EntryPoint[] = [];
  for (const dockerfile of repository.files.filter((path) => isDockerfile(path) && !SHOWN.test(path))) {
    const text = await repository.read(dockerfile);
    if (text === null) continue;
    const folder = dockerfile.includes('/') ? dockerfile.slice(0, dockerfile.lastIndexOf('/')) : '';
    const lines = text.split('\n');
    let workdir = '';
    for (const { keyword, value, line } of readDockerfile(text)) {
      if (keyword === 'WORKDIR') workdir = value.replace(/\/?$/, '/');
      if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT') continue;
      const command = commandLine(value);
      const runs = invocations(command).some(({ program }) =>
        /^(node|bun|deno|tsx|pm2-runtime)$/.test(program),
      );
      for (const started of runs ? startedBy(command) : []) {
        const file = (started.startsWith(workdir) ? started.slice(workdir.length) : started).replace(
          /^\.\//,
          '',
        );
        // The context is the Dockerfile's own folder, or the root: what is there decides.
        const beside = await finder.find([folder, file].filter(Boolean).join('/'), folder);
        const found = beside.source === null && folder !== '' ? await finder.find(file, '') : beside;
        const kept = found.source === null ? { ...found, file } : found;
        entryPoints.push({
          ...evidenceOnLine(dockerfile, lines, line),
          kind: 'dockerfile',
          name: keyword,
          ...kept,
        });
      }
    }
  }
  return entryPoints;
}

/** What a Procfile's processes start. */
export async function procfileEntries(repository: Repository, finder: SourceFinder): Promise<EntryPoint[]> {
  const text = repository.has('Procfile') ? await repository.read('Procfile') : null;
  if (text === null) return [];
  const entryPoints: EntryPoint[] = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const process = /^([\w-]+):\s*(.+)$/.exec(line);
    for (const file of startedBy(process?.[2] ?? '')) {
      entryPoints.push({
        ...evidenceOnLine('Procfile', lines, index),
        kind: 'procfile',
        name: process?.[1] ?? '',
        ...(await finder.find(file.replace(/^\.\//, ''), '')),
      });
    }
  }
  return entryPoints;
}
