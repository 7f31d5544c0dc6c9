import path from 'node:path';
import autoload from '@fastify/autoload';
import Fastify from 'fastify';
import { folderOf } from './lib/files.js';

const app = Fastify();
const modules = path.join(folderOf(import.meta.url), './modules');
const ending = '.router.js';
app.register(autoload, {
  dir: modules,
  matchFilter: (file) => file.endsWith(ending) && !/draft/.test(file),
  maxDepth: 2,
  options: { prefix: '/v1' },
});
app.register(autoload, {
  dir: path.join(folderOf(import.meta.url), 'plugins'),
  ignoreFilter: 'unused',
  dirNameRoutePrefix: false,
});
app.listen({ port: Number(process.env.PORT ?? 0) });
