import cors from 'cors';
import express, { type Express, type Request, type Response } from 'express';
import { byCode, type Country } from './countries.ts';

interface Deps {
  orders: Map<string, string>;
}

export function createApp(deps: Deps): Express {
  const app = express();
  app.set('etag', 'strong');
  app.use(cors());

  app.get('/countries/:code', (req: Request<{ code: string }>, res: Response): void => {
    const country: Country | undefined = byCode(req.params.code);
    if (country === undefined) {
      res.status(404).json({ error: `no country ${req.params.code}` });
      return;
    }
    res.json(country);
  });

  app.get('/orders/:id', (req, res) => {
    res.json(deps.orders.get(req.params.id) ?? null);
  });

  return app;
}
