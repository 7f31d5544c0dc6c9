/*
shape: 'TypeScript: a helper that takes the response out of a typed object, of a route that stays and of one that does not'
requests: [GET /kept, GET /users, GET /kept]
*/
import express, { Request, Response } from 'express';

interface Reply {
  res: Response;
  data: string;
}
const answer = ({ res, data }: Reply) => res.status(201).json({ data });

const app = express();
app.get('/kept', (req: Request, res: Response) => answer({ res, data: req.httpVersion }));
app.get('/users', (req: Request, res: Response) => answer({ res, data: 'users' }));
app.listen(process.env.PORT);
