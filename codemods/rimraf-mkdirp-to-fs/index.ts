import { wholeCodemod } from '../shared/transform/codemod.ts';

export default wholeCodemod(
  {
    id: 'rimraf-mkdirp-to-fs',
    title: 'rimraf and mkdirp to fs',
    from: 'rimraf, mkdirp',
    to: 'node:fs',
    description:
      'Folders are made and removed by `fs.mkdir` and `fs.rm` of Node.js; globs stay with `rimraf`.',
    prefilter: /['"](?:rimraf|mkdirp)['"]/,
    unit: 'call',
  },
  () => import('./folders.ts'),
);
