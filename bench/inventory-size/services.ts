import { ROUTES, STORE, schema, service, test } from './features.ts';
import { type Files, grown, helper, type Part } from './web.ts';

/** Frameworks of the services, in turn. */
export const KINDS = ['express', 'fastify', 'nest'] as const;

/** Features of a service: each has its routes, a service, a store, a schema and a test. */
const FEATURES = 8;

/** The service of a domain: start, configuration, features, helpers and tests. */
export function serviceFiles(part: Part): Files {
  const { kind, size } = part;
  const features = Array.from({ length: FEATURES }, (_, at) => at);
  const files: Files = [
    ['src/main.ts', START[kind](features)],
    ['src/config.ts', CONFIG],
    ['src/files.ts', FILES_OF],
  ];
  for (const at of features) {
    const folder = `src/feature-${at}`;
    const grow = (text: string, place: number) =>
      grown(text, size(at * 5 + place), (n) => helper(`${at}${n}`, n));
    files.push(
      [`${folder}/routes.ts`, ROUTES[kind](at)],
      [`${folder}/service.ts`, grow(service(kind, at), 1)],
      [`${folder}/store.ts`, grow(STORE[kind](at), 2)],
      [`${folder}/schema.ts`, grow(schema(kind, at), 3)],
      [`test/feature-${at}.test.ts`, grow(test(at), 4)],
    );
  }
  return files;
}

const START: Record<Part['kind'], (features: readonly number[]) => string> = {
  express: (features) => `import express from 'express';
import helmet from 'helmet';
import pino from 'pino';
import { config } from './config.js';
${features.map((at) => `import { router as router${at} } from './feature-${at}/routes.js';`).join('\n')}

const log = pino({ level: config.level });
const app = express();
app.use(helmet());
app.use(express.json({ limit: '1mb' }));
${features.map((at) => `app.use('/feature-${at}', router${at});`).join('\n')}
const server = app.listen(config.port, () => log.info('listening'));
process.on('SIGTERM', () => server.close());
`,
  fastify: (features) => `import helmet from '@fastify/helmet';
import fastify from 'fastify';
import { config } from './config.js';
${features.map((at) => `import { routes as routes${at} } from './feature-${at}/routes.js';`).join('\n')}

const app = fastify({ logger: { level: config.level } });
await app.register(helmet);
${features.map((at) => `await app.register(routes${at}, { prefix: '/feature-${at}' });`).join('\n')}
await app.listen({ port: config.port, host: '0.0.0.0' });
`,
  nest: (features) => `import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { config } from './config.js';
${features.map((at) => `import { Feature${at}Controller } from './feature-${at}/routes.js';\nimport { Service${at} } from './feature-${at}/service.js';`).join('\n')}

@Module({
  controllers: [${features.map((at) => `Feature${at}Controller`).join(', ')}],
  providers: [${features.map((at) => `Service${at}`).join(', ')}],
})
class AppModule {}

const app = await NestFactory.create(AppModule);
await app.listen(config.port);
`,
};

const CONFIG = `const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(\`\${name} is not set\`);
  return value;
};

export const config = {
  port: Number(process.env.PORT ?? 3000),
  level: process.env.LOG_LEVEL ?? 'info',
  database: required('DATABASE_URL'),
  isProduction: process.env.NODE_ENV === 'production',
};
`;

const FILES_OF = `import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function keep(name: string, body: Buffer): Promise<string> {
  const folder = join(tmpdir(), 'uploads');
  await mkdir(folder, { recursive: true });
  const path = join(folder, createHash('sha256').update(name).digest('hex'));
  await writeFile(path, body);
  return path;
}

export const template = () => readFile(new URL('./template.html', import.meta.url), 'utf8');
`;
