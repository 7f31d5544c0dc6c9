/*
shape: 'TypeScript: class controllers with bound methods'
esm: true
requests: [GET /notes, GET /notes/1, GET /notes/5, { POST: /notes, json: { title: c } }, GET /notes]
*/
import express, { type Request, type Response } from 'express';

interface Note {
  id: number;
  title: string;
}

class NoteStore {
  private readonly notes: Note[] = [{ id: 1, title: 'a' }];

  all(): Note[] {
    return this.notes;
  }

  find(id: number): Note | undefined {
    return this.notes.find((note) => note.id === id);
  }

  add(title: string): Note {
    const note = { id: this.notes.length + 1, title };
    this.notes.push(note);
    return note;
  }
}

class NoteController {
  constructor(private readonly store: NoteStore) {}

  public list(req: Request, res: Response): void {
    res.json(this.store.all());
  }

  public show = (req: Request<{ id: string }>, res: Response): void => {
    const note = this.store.find(Number(req.params.id));
    if (!note) {
      res.status(404).json({ error: 'not found' });
      return;
    }
    res.json(note);
  };

  public async create(req: Request, res: Response): Promise<void> {
    res.status(201).json(this.store.add(req.body.title));
  }
}

const app = express();
const controller = new NoteController(new NoteStore());
app.use(express.json());
app.get('/notes', controller.list.bind(controller));
app.get('/notes/:id', controller.show);
app.post('/notes', controller.create.bind(controller));
app.listen(process.env.PORT);
