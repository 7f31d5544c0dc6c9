import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv } from './app-env.js';
import { inExpress } from './express-parity.js';
import express, { type Request, type RequestHandler, type Response } from 'express';

const app = express();

class Notes {
  public list: MiddlewareHandler<AppEnv> = async (c: Context<AppEnv>) => {
    return c.json([]);
  };
}

const notes = new Notes();

app.use((req: Request, _res: Response, next) => {
  delete req.headers['x-request-id'];
  next();
});
app.get('/', inExpress(notes.list));

export { app };
