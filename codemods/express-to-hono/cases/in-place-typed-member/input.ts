import express, { type Request, type RequestHandler, type Response } from 'express';

const app = express();

class Notes {
  public list: RequestHandler = async (_req: Request, res: Response) => {
    res.json([]);
  };
}

const notes = new Notes();

app.use((req: Request, _res: Response, next) => {
  delete req.headers['x-request-id'];
  next();
});
app.get('/', notes.list);

export { app };
