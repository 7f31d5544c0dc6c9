import routes from '@/routes';
import type { AppEnv } from './app-env';
import {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
} from './express-parity';
import { Hono } from 'hono';

const app = new Hono<AppEnv>(expressRouting());
app.use(poweredBy(), etag(), contentLength(), charset());
app.notFound(notFound);
app.onError(errorPage);
app.route('/api', routes);

export default app;
