/*
shape: 'TypeScript: an interface that extends Request'
requests: [GET /, { GET: /, headers: { X-Token: '12' } }]
*/
import express, { NextFunction, Request, Response } from 'express';

interface AuthRequest extends Request {
  tokenId?: number;
}

const authenticate = (req: AuthRequest, res: Response, next: NextFunction) => {
  const token = req.headers['x-token'];
  if (typeof token === 'string') req.tokenId = Number(token);
  next();
};

const app = express();
app.use(authenticate);
app.get('/', (req: AuthRequest, res: Response) => {
  res.json({ token: req.tokenId ?? null });
});
app.listen(process.env.PORT);
