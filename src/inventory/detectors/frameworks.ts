import type { Framework } from '../../model/inventory.ts';
import type { Detector } from '../detector.ts';
import { installedVersion } from '../installed.ts';
import { declarations, said } from '../manifests.ts';

/** Packages that make an application a server, and the name people call them. */
const FRAMEWORKS: Record<string, string> = {
  '@hapi/hapi': 'hapi',
  '@nestjs/core': 'Nest',
  '@adonisjs/core': 'Adonis',
  '@loopback/rest': 'LoopBack',
  '@feathersjs/feathers': 'Feathers',
  connect: 'Connect',
  elysia: 'Elysia',
  express: 'Express',
  fastify: 'Fastify',
  h3: 'h3',
  hono: 'Hono',
  koa: 'Koa',
  micro: 'micro',
  next: 'Next.js',
  nuxt: 'Nuxt',
  polka: 'Polka',
  restify: 'restify',
  sails: 'Sails',
};

const detector: Detector = {
  id: 'frameworks',
  title: 'server frameworks',
  async detect({ repository, manifests, lockfiles }) {
    const frameworks: Framework[] = [];
    for (const { manifest, field, name, range } of declarations(manifests)) {
      const title = Object.hasOwn(FRAMEWORKS, name) ? FRAMEWORKS[name] : undefined;
      if (!title) continue;
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
