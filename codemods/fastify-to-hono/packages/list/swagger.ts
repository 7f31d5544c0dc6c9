import { onlyOptions, type PackageRule } from '../contract.ts';

/** The interface as OpenAPI: it asks for routes and schemas, and runs as it is. */
export const swagger: PackageRule = {
  name: '@fastify/swagger',
  majors: [8, 99],
  stays: true,
  app: ['swagger'],
};

/** The page that shows it: another one, and the same JSON and YAML. */
export const swaggerUi: PackageRule = {
  name: '@fastify/swagger-ui',
  becomes: { file: 'swagger-ui', name: 'swaggerPage' },
  dependencies: { '@hono/swagger-ui': '^0.6.1' },
  note: 'the page that `@fastify/swagger-ui` showed is that of `@hono/swagger-ui` now; its JSON and YAML are the same',
  against: onlyOptions([
    ...['routePrefix', 'uiConfig', 'staticCSP', 'theme', 'logo', 'transformStaticCSP', 'initOAuth'],
    'transformSpecificationClone',
  ]),
};
