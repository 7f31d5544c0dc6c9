import { onlyOptions, type PackageRule } from '../contract.ts';

const against = onlyOptions([
  ...[
    'origin',
    'methods',
    'allowedHeaders',
    'exposedHeaders',
    'credentials',
    'maxAge',
    'optionsSuccessStatus',
  ],
  ...['strictPreflight', 'cacheControl', 'hideOptionsRoute'],
]);

/** CORS, with the options of @fastify/cors. Before 11 more methods are let in where none are given. */
export const cors: PackageRule = {
  ...{ name: '@fastify/cors', majors: [11, 99], against },
  becomes: { file: 'cors', name: 'cors' },
};
export const cors10: PackageRule = {
  ...{ name: '@fastify/cors', formerly: ['fastify-cors'], majors: [7, 10], against },
  becomes: { file: 'cors', name: 'corsOfAllMethods' },
};
