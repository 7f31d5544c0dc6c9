import express, { type NextFunction, type Request, type Response } from 'express';

const app = express();

app.use((req: Request, res: Response, next: NextFunction) => {
  req.user = { id: 1 };
  next();
});
app.get('/maybe', (req: Request, res: Response) => {
  if (req.user) res.json(req.user);
  res.end();
});

export default app;
