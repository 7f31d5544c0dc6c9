import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Trait } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';

/** Bun's own names; `.env.example` and the like are for people. Source: Bun 1.4.5, measured 2026-11-28. */
const READ_BY_BUN = /^\.env(?:\.(?:development|production|test))?(?:\.local)?$/;

const detector: Detector = {
  id: 'environment-files',
  title: 'files of environment variables',
  async detect({ repository, manifests }) {
    const traits: Trait[] = [];
    for (const manifest of manifests) {
      const folder = dirname(manifest.file);
      // Read from the folder, as git does not list what is ignored. Names only: their content is secret.
      const names = readdirSync(join(repository.root, folder)).filter((name) => READ_BY_BUN.test(name));
      for (const name of names.sort()) {
        const file = folder === '.' ? name : `${folder}/${name}`;
        traits.push({
          kind: 'environment-file',
          name: file,
          location: { file, line: 1, column: 1 },
          known: 'read',
        });
      }
    }
    return { traits };
  },
};

export default detector;
