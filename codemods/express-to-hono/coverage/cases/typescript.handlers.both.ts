/*
shape: 'TypeScript: handlers with Request and Response'
requests: [GET /notes, GET /notes/7, { POST: /notes, json: { title: 'é' } }, GET /none]
*/
import express, { Request, Response } from 'express';

const app = express();
app.use(express.json());

app.get('/notes', (req: Request, res: Response) => {
  res.json([{ id: 1 }]);
});

app.get('/notes/:id', (req: Request, res: Response) => {
  const id: number = Number(req.params.id);
  res.status(200).json({ id });
});

app.post('/notes', (req: Request, res: Response) => {
  const { title } = req.body;
  res.status(201).json({ title });
});

app.listen(process.env.PORT);
