import express, { type NextFunction, type Request, type Response } from 'express';
import type { User } from './types';

const app = express();
const ada: User = { id: 1 };

app.use((req: Request, res: Response, next: NextFunction) => {
  req.user = ada;
  next();
});
app.get('/me', (req: Request, res: Response) => {
  res.json({ id: req.user?.id });
});

export default app;
