import { Hono } from 'hono';
import { list } from './list';
import type { AppEnv } from './app-env';

const routes = new Hono<AppEnv>();
routes.get('/list', list);

export default routes;
