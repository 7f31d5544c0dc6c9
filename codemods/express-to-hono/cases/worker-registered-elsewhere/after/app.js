import { Hono } from 'hono';
const app = new Hono({ strict: false });
app.get('/a', (c) => c.json({ a: 1 }));
export default app;
