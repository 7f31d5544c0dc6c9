import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Trait } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { evidenceAt } from '../evidence.ts';

const detector: Detector = {
  id: 'decorators',
  title: 'metadata that decorators read',
  async detect({ repository, survey }) {
    const traits: Trait[] = [];
    const decorated = [...(await survey()).files.values()].filter(({ findings }) =>
      findings.seen.some(({ kind }) => kind === 'ts-decorator'),
    );
    if (decorated.length === 0) return { traits };
    for (const file of repository.files.filter((path) => /(^|\/)tsconfig(\.\w+)?\.json$/.test(path))) {
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

export default detector;
