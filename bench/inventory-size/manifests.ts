import type { Part } from './web.ts';

const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  express: { express: '4.22.3', helmet: '8.1.0', knex: '3.1.0', pg: '8.16.0', pino: '9.9.0', zod: '4.1.5' },
  fastify: { fastify: '5.6.0', '@fastify/helmet': '13.0.1', '@prisma/client': '6.15.0', zod: '4.1.5' },
  nest: {
    '@nestjs/common': '11.1.6',
    '@nestjs/core': '11.1.6',
    typeorm: '0.3.26',
    'reflect-metadata': '0.2.2',
  },
  web: { react: '19.1.1', 'react-dom': '19.1.1', '@tanstack/react-query': '5.87.1' },
};

/** The package.json of a service, a web package or a library. */
export function manifestOf(folder: string, { index, kind }: Part): string {
  const packages = folder === 'services' ? PACKAGES[kind] : folder === 'web' ? PACKAGES.web : {};
  const scripts = { build: 'tsc -b', test: 'vitest run' };
  return `${JSON.stringify(
    {
      name: `@shop/${folder}-${index}`,
      version: '1.0.0',
      private: true,
      ...(folder === 'web' ? { type: 'module' } : { main: 'dist/main.js' }),
      scripts:
        folder === 'services' ? { start: 'node dist/main.js', dev: 'tsx src/main.ts', ...scripts } : scripts,
      dependencies: { ...packages, ...(folder === 'libs' ? {} : { [`@shop/libs-${index}`]: '*' }) },
      devDependencies: { typescript: '5.9.2', vitest: '3.2.4' },
    },
    null,
    2,
  )}\n`;
}

/** What stands at the root: workspaces, the lockfile with 1,500 packages, the image, the checks that run. */
export function rootFiles(domains: number): [path: string, text: string][] {
  const locked = Object.fromEntries([
    ...Object.values(PACKAGES).flatMap((group) =>
      Object.entries(group).map(([name, version]) => [`node_modules/${name}`, { version }] as const),
    ),
    ...Array.from({ length: 1_500 }, (_, at) => [
      `node_modules/transitive-${at}`,
      {
        version: `${at % 9}.${at % 31}.${at % 7}`,
        resolved: `https://packages.invalid/transitive-${at}/-/transitive-${at}-1.tgz`,
        engines: { node: '>=18' },
        dependencies: { [`transitive-${(at * 7) % 1_500}`]: '*' },
      },
    ]),
  ]);
  const manifest = {
    name: 'shop',
    private: true,
    workspaces: ['services/*', 'web/*', 'libs/*'],
    engines: { node: '>=20' },
    scripts: { start: 'node services/domain-0/dist/main.js', test: 'vitest run', lint: 'eslint .' },
  };
  const image = ['FROM node:20-alpine', 'WORKDIR /app', 'COPY . .', 'RUN npm ci', 'CMD ["npm", "start"]'];
  return [
    ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    [
      'package-lock.json',
      `${JSON.stringify({ name: 'shop', lockfileVersion: 3, packages: locked }, null, 2)}\n`,
    ],
    [
      'tsconfig.base.json',
      '{ "compilerOptions": { "strict": true, "module": "nodenext", "jsx": "react-jsx" } }\n',
    ],
    ['Dockerfile', `${image.join('\n')}\n`],
    ['.nvmrc', '20\n'],
    ['README.md', `# Shop\n\n${domains} domains.\n`],
  ];
}
