/*
shape: 'TypeScript: RequestHandler constants'
requests: [GET /, { GET: /, headers: { Authorization: Bearer x } }, GET /list]
*/
import express, { RequestHandler } from 'express';

const app = express();

const requireToken: RequestHandler = (req, res, next) => {
  if (!req.headers.authorization) {
    res.status(401).json({ error: 'no token' });
    return;
  }
  next();
};

const show: RequestHandler = (req, res) => {
  res.send('shown');
};

export const list: RequestHandler<{}, { items: number[] }> = async (_req, res) => {
  res.json({ items: [1, 2] });
};

app.get('/', requireToken, show);
app.get('/list', list);
app.listen(process.env.PORT);
