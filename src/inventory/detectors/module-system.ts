import type { Location } from '../../model/location.ts';
import type { Detector } from '../detector.ts';
import { said } from '../manifests.ts';

const detector: Detector = {
  id: 'module-system',
  title: 'the module system',
  async detect({ manifests, roles, survey }) {
    const root = manifests[0];
    const type = root?.raw.type;
    const declared = type === 'module' || type === 'commonjs' ? type : null;
    const files = { commonjs: 0, module: 0, typescript: 0 };
    const { of: roleOf, isBundled } = await roles();
    let firstCommonjs: Location | null = null;
    for (const { path, module, typescript } of (await survey()).files.values()) {
      files[module === 'esm' ? 'module' : 'commonjs']++;
      if (typescript) files.typescript++;
      if (module === 'cjs' && path.endsWith('.js') && roleOf(path) === 'application' && !isBundled(path))
        firstCommonjs ??= { file: path, line: 1, column: 1 };
    }
    return {
      moduleSystem: {
        declared,
        evidence: root && declared ? said(root, 'type') : null,
        files,
        firstCommonjs,
      },
    };
  },
};

export default detector;
