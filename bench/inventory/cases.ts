import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { invokedRoutes } from './lambda.ts';
import { compiled, heldRoutes } from './run.ts';

/** Frameworks whose own list is asked; what a plain server answers is asked of it by requests. */
const FRAMEWORKS = ['fastify', 'koa', 'nest', 'hapi', 'hono', 'elysia', 'lambda'] as const;
/** Frameworks whose applications have a list of their routes. */
const LISTED: ReadonlySet<string> = new Set(['hono', 'elysia']);
/** What the cases run on. The lock is of no use: the newest release of each is asked. */
const PACKAGES = [
  ...[
    'fastify@5',
    '@fastify/autoload@6',
    'fastify-plugin@5',
    'koa@3',
    '@koa/router',
    'koa-mount',
    'koa-compose',
  ],
  ...['@nestjs/common@11', '@nestjs/core@11', '@nestjs/platform-express@11', '@nestjs/platform-fastify@11'],
  ...[
    'reflect-metadata',
    'rxjs',
    '@hapi/hapi@21',
    '@hapi/glue@9',
    '@hapipal/haute-couture@4',
    '@hapipal/toys@4',
    'hono@4',
    'elysia@1',
  ],
  ...['serverless@3', 'serverless-http@3', 'express@4', '@middy/core@4'],
];

/** The truth about the cases of one framework, in a file beside them. */
export interface Truth {
  asOf: string;
  packages: Record<string, string>;
  cases: Record<string, string[]>;
}

/**
 * Runs every case of every reader, and writes what the applications hold beside them.
 *
 * @param only names of readers; all of them by default
 */
export async function writeTruth(
  root: string,
  scratch: string,
  probe: string,
  only: readonly string[] = [],
): Promise<void> {
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'package.json'), '{"private":true}\n');
  await execa('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PACKAGES], {
    cwd: scratch,
  });
  for (const framework of FRAMEWORKS.filter((name) => only.length === 0 || only.includes(name))) {
    const fixtures = join(root, 'src', 'workspace', 'server', 'readers', framework, '__fixtures__');
    const names = folders(fixtures);
    if (names.length === 0) continue;
    const truth: Truth = { asOf: new Date().toISOString().slice(0, 10), packages: {}, cases: {} };
    for (const name of names) {
      const folder = join(scratch, 'cases', framework, name);
      cpSync(join(fixtures, name), folder, { recursive: true });
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      for (const used of Object.keys(manifest.dependencies ?? {})) {
        const version = versionOf(scratch, used);
        if (version !== null) truth.packages[used] = version;
      }
      truth.cases[name] =
        framework === 'lambda'
          ? (await invokedRoutes(folder, scratch, probe)).routes
          : await held(framework, folder, manifest, probe);
      process.stdout.write(`${framework} ${name}: ${truth.cases[name].length} routes\n`);
    }
    writeFileSync(join(fixtures, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`);
  }
}

async function held(framework: string, folder: string, manifest: Manifest, probe: string): Promise<string[]> {
  const sources = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => /\.ts$/.test(path));
  const entry = await compiled(folder, entryOf(folder, manifest), sources);
  const way = LISTED.has(framework) ? 'listed' : 'started';
  return (await heldRoutes({ folder, entry, probe, way })).routes;
}

interface Manifest {
  main?: string;
  scripts?: Record<string, string>;
}

/** The file to start. What Fastify's own command starts is a plugin: a file that does the same is made for it. */
function entryOf(folder: string, manifest: Manifest): string {
  const plugin = /^fastify start .*?([\w./-]+\.js)$/.exec(manifest.scripts?.start ?? '')?.[1];
  if (plugin !== undefined) {
    writeFileSync(
      join(folder, 'started.cjs'),
      `const app = require('fastify')();\napp.register(require('./${plugin}'));\napp.listen({ port: 0 });\n`,
    );
    return 'started.cjs';
  }
  if (manifest.main) return manifest.main;
  return readdirSync(folder).includes('server.js') ? 'server.js' : 'app.js';
}

export const folders = (path: string): string[] => {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : [],
    );
  } catch {
    return [];
  }
};

function versionOf(scratch: string, name: string): string | null {
  try {
    return JSON.parse(readFileSync(join(scratch, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return null;
  }
}
