/*
shape: 'TypeScript: handlers that a wrapper of another file types'
requests:
  - GET /notes
  - GET /notes/1
  - GET /notes/7
  - { POST: /notes, json: { text: new } }
  - { POST: /notes, json: {} }
*/
import express, { NextFunction, Request, Response } from 'express';
import * as notes from './notes';

const app = express();
app.use(express.json());
app.get('/notes', notes.list);
app.get('/notes/:id', notes.one);
app.post('/notes', notes.check, notes.add);
app.use((err: Error, req: Request, res: Response, next: NextFunction) => {
  res.status(500).json({ message: err.message });
});
app.listen(process.env.PORT);
