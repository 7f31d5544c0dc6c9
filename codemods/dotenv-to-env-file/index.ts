import { wholeCodemod } from '../shared/transform/codemod.ts';

export default wholeCodemod(
  {
    id: 'dotenv-to-env-file',
    title: 'dotenv to --env-file-if-exists',
    from: 'dotenv',
    to: 'node --env-file-if-exists',
    description: 'Node.js reads `.env` itself, told so by the scripts that start the program.',
    prefilter: /['"]dotenv(?:\/config)?['"]/,
    unit: 'program',
  },
  () => import('./env-file.ts'),
);
