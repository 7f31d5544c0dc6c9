/*
adversarial: res.locals and a request member of one name, behind a cast
esm: true
requests: [GET /, GET /named]
*/
import express, { type NextFunction, type Request, type Response } from 'express';

const app = express();
app.use((req: Request, res: Response, next: NextFunction) => {
  res.locals.user = req.path === '/named' ? 'ann' : 'nobody';
  next();
});
app.get(['/', '/named'], (req: Request, res: Response) => {
  res.json({ local: res.locals.user, own: (req as any).user ?? null });
});
app.listen(process.env.PORT);
