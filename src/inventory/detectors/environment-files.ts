import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Sign, Trait } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';

/** Bun's own names; `.env.example` and the like are for people. Source: Bun 1.4.5, measured 2026-11-28. */
const READ_BY_BUN = /^\.env(?:\.(?:development|production|test))?(?:\.local)?$/;

/** A sample of `.env` that people copy where the application runs: `.env.example`. */
const SAMPLE = /^(?:\.env\.(?:default|defaults|dist|example|sample|template)|(?:example|sample)\.env)$/;

const detector: Detector = {
  id: 'environment-files',
  title: 'files of environment variables',
  async detect({ repository, manifests }) {
    const traits: Trait[] = [];
    const signs: Sign[] = [];
    for (const manifest of manifests) {
      const folder = dirname(manifest.file);
      // Read from the folder, as git does not list what is ignored. Names only: their content is secret.
      const all = readdirSync(join(repository.root, folder)).sort();
      const names = all.filter((name) => READ_BY_BUN.test(name));
      for (const name of all.filter((each) => SAMPLE.test(each))) {
        const file = folder === '.' ? name : `${folder}/${name}`;
        const location = { file, line: 1, column: 1 };
        signs.push({ kind: 'environment-sample', name, location, known: 'read' });
      }
      for (const name of names) {
        const file = folder === '.' ? name : `${folder}/${name}`;
        traits.push({
          kind: 'environment-file',
          name: file,
          location: { file, line: 1, column: 1 },
          known: 'read',
        });
      }
    }
    return { traits, signs };
  },
};

export default detector;
