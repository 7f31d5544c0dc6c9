import { builtinModules } from 'node:module';
import { wholeCodemod } from '../shared/transform/codemod.ts';

export default wholeCodemod(
  {
    id: 'node-prefix',
    title: 'Builtins by node:',
    from: 'fs',
    to: 'node:fs',
    description:
      'Loads the builtin modules of Node.js by their names with `node:`, which no package can take.',
    prefilter: new RegExp(`['"](?:${builtinModules.join('|')})['"]`),
    unit: 'name',
  },
  () => import('./prefix.ts'),
);
