import type { Detector } from '../detector.ts';
import { said } from '../manifests.ts';

const detector: Detector = {
  id: 'module-system',
  title: 'the module system',
  async detect({ manifests, survey }) {
    const root = manifests[0];
    const type = root?.raw.type;
    const declared = type === 'module' || type === 'commonjs' ? type : null;
    const files = { commonjs: 0, module: 0, typescript: 0 };
    for (const { module, typescript } of (await survey()).files.values()) {
      files[module === 'esm' ? 'module' : 'commonjs']++;
      if (typescript) files.typescript++;
    }
    return { moduleSystem: { declared, evidence: root && declared ? said(root, 'type') : null, files } };
  },
};

export default detector;
