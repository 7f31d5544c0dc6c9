import type { Framework } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { FRAMEWORKS, SELF_STARTED } from '../frameworks.ts';
import { installedVersion } from '../installed.ts';
import { declarations, said } from '../manifests.ts';

/** Nest runs these inside itself, by its platform packages: the application is Nest's. */
const INSIDE_NEST: Readonly<Record<string, string>> = {
  express: '@nestjs/platform-express',
  fastify: '@nestjs/platform-fastify',
};

const detector: Detector = {
  id: 'frameworks',
  title: 'server frameworks',
  async detect({ repository, manifests, lockfiles, roles, survey }) {
    const { isOwn } = await roles();
    const own = [...(await survey()).files.values()].filter(({ path }) => isOwn(path));
    const frameworks: Framework[] = [];
    const declared = declarations(manifests);
    for (const { manifest, field, name, range } of declared) {
      const title = Object.hasOwn(FRAMEWORKS, name) ? FRAMEWORKS[name] : undefined;
      if (!title) continue;
      const prefix = manifest.folder === '' ? '' : `${manifest.folder}/`;
      const loads = own.some(
        ({ path, frameworks: loaded }) => path.startsWith(prefix) && loaded.includes(name),
      );
      // Declared but never loaded by the application: types, a mock, a library that supports several.
      const byItself = field === 'dependencies' && (SELF_STARTED.has(name) || own.length === 0);
      if (!loads && !byItself) continue;
      const platform = INSIDE_NEST[name];
      if (declared.some((each) => each.manifest === manifest && each.name === platform)) continue;
      frameworks.push({
        ...said(manifest, field, name),
        name: title,
        package: name,
        declared: range,
        installed: installedVersion(repository.root, manifest.folder, name),
        locked:
          lockfiles.map((lock) => lock.version(name, range)).find((version) => version !== null) ?? null,
      });
    }
    return { frameworks };
  },
};

export default detector;
