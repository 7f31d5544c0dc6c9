import { env } from 'cloudflare:workers';
import { app } from './app.js';
import { useBucket } from './file-storage.js';

useBucket(env.UPLOADS);

export default app;
