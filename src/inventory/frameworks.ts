/** Packages that make an application a server, and the name people call them. */
export const FRAMEWORKS: Readonly<Record<string, string>> = {
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

/** Frameworks whose own program loads the application: nothing of it need import them. */
export const SELF_STARTED: ReadonlySet<string> = new Set(['@adonisjs/core', 'next', 'nuxt', 'sails']);

export const SERVER_PACKAGES: ReadonlySet<string> = new Set(Object.keys(FRAMEWORKS));
