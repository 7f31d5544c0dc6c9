import type { Codemod } from '../../src/codemod/contract.ts';

const codemod: Codemod = {
  id: 'package-manager',
  title: 'Another package manager',
  from: 'npm, pnpm, yarn, bun',
  to: 'bun, npm',
  description:
    'The lockfile is taken over by Bun (or by npm again), where the packages that are really installed stay the same.',
  options: [
    { name: 'to', description: 'the new package manager', values: ['bun', 'npm'], default: 'bun' },
    { name: 'bun', description: 'the version of Bun, as 1.4.5 or 1.4', default: '1.4' },
    {
      name: 'ci',
      description:
        'lines of GitHub workflows and Dockerfiles that install packages are written for the new manager',
      ask: 'Shall workflows and Dockerfiles install with the new package manager? Their lines stay otherwise, and fail without the lockfile.',
      default: false,
    },
    {
      name: 'differing',
      description: 'change it although other releases are installed then',
      default: false,
    },
  ],
  prefilter: /"(?:dependencies|devDependencies|lockfileVersion|workspaces|scripts|name)"\s*:/,
  chooses: true,
  unit: 'project',
  run: async (input) => (await import('./run.ts')).run(input),
};

export default codemod;
