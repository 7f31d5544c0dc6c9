/*
shape: 'TypeScript: Express.Request declared with more members'
requests: [GET /me, { GET: /me, headers: { X-User: anna } }]
*/
import express, { NextFunction, Request, Response } from 'express';

declare global {
  namespace Express {
    interface Request {
      account?: { name: string; admin: boolean };
    }
  }
}

const app = express();
app.use((req: Request, res: Response, next: NextFunction) => {
  const name = req.get('X-User');
  if (name !== undefined) req.account = { name, admin: false };
  next();
});
app.get('/me', (req: Request, res: Response) => {
  if (!req.account) {
    res.sendStatus(401);
    return;
  }
  res.json({ name: req.account.name, admin: req.account.admin });
});
app.listen(process.env.PORT);
