import { Hono } from 'hono';

const etag = () => 'mine';
export const app = new Hono();
app.get('/', (c) => c.text(etag()));
