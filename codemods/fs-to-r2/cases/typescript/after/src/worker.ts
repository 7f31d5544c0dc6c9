import { env } from 'cloudflare:workers';
import { app } from './app.ts';
import { useBucket } from './file-storage.ts';

useBucket(env.UPLOADS);

export default app;
