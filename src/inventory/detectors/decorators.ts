import { posix } from 'node:path';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Trait } from '../../model/inventory.ts';
import { invocations } from '../../workspace/command-line.ts';
import type { Detector } from '../detector.ts';
import { startedFiles } from '../entries/started.ts';
import { evidenceAt } from '../evidence.ts';
import { type Manifest, stringEntries } from '../manifests.ts';

const detector: Detector = {
  id: 'decorators',
  title: 'metadata that decorators read',
  async detect({ repository, survey, manifests, roles }) {
    const traits: Trait[] = [];
    const decorated = [...(await survey()).files.values()].filter(({ findings }) =>
      findings.seen.some(({ kind }) => kind === 'ts-decorator'),
    );
    if (decorated.length === 0) return { traits };
    const { of } = await roles();
    const without = manifests.filter((manifest) =>
      startedWithout(manifest).some((path) => of(path) === 'application'),
    );
    for (const file of repository.files.filter((path) => /(^|\/)tsconfig(\.\w+)?\.json$/.test(path))) {
      const folder = posix.dirname(file);
      const isBelow = (path: string) => folder === '.' || path.startsWith(`${folder}/`);
      if (!decorated.some(({ path }) => isBelow(path))) continue;
      // What runs without metadata today does not read it.
      if (without.some((manifest) => (manifest.folder || '.') === folder)) continue;
      const text = await repository.read(file);
      const tree = text === null ? undefined : parseTree(text);
      const option = tree && findNodeAtLocation(tree, ['compilerOptions', 'emitDecoratorMetadata']);
      if (text === null || option?.value !== true) continue;
      traits.push({
        ...evidenceAt(file, text, option.offset, 'read'),
        kind: 'decorator-metadata',
        name: 'emitDecoratorMetadata',
      });
    }
    return { traits };
  },
};

/** The sources that scripts start by tsx, whose compiler writes no metadata. Source: bench/table-rows, decorators. */
const startedWithout = ({ raw, folder }: Manifest): string[] =>
  stringEntries(raw.scripts)
    .flatMap(([, command]) => invocations(command))
    .filter(({ program }) => program === 'tsx')
    .flatMap((run) => startedFiles([run]))
    .map((path) => posix.join(folder, path));

export default detector;
