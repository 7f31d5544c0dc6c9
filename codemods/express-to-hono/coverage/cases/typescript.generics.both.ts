/*
shape: 'TypeScript: Request<Params, ResBody, ReqBody, Query>'
esm: true
requests: [GET /notes/7?full=yes, GET /notes/7, { PUT: /notes/8, json: { title: 'a', tags: [b] } }]
*/
import express, { type Request, type Response } from 'express';

interface Note {
  id: string;
  title: string;
  tags?: string[];
}
interface NoteQuery {
  full?: string;
}

const app = express();
app.use(express.json());
app.get('/notes/:id', (req: Request<{ id: string }, Note, never, NoteQuery>, res: Response<Note>) => {
  const title = req.query.full === 'yes' ? 'full' : 'short';
  res.json({ id: req.params.id, title });
});
app.put('/notes/:id', (req: Request<{ id: string }, Note, Omit<Note, 'id'>>, res: Response<Note>) => {
  const { title, tags } = req.body;
  res.json({ id: req.params.id, title, tags });
});
app.listen(process.env.PORT);
