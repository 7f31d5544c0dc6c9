/*
member: req.query
variant: with types
esm: true
requests: [GET /, GET /?page=2&limit=5, GET /?page=x, 'GET /?page=1&page=2']
*/
import express, { type Request, type Response } from 'express';

const app = express();
app.get('/', (req: Request, res: Response) => {
  const page = Number.parseInt(req.query.page as string, 10) || 1;
  const limit = req.query.limit ? Number(req.query.limit) : 10;
  const all = Array.isArray(req.query.page);
  res.json({ page, limit, all });
});
app.listen(process.env.PORT);
