import { type Request, type Response, Router } from 'express';
import { NotFound } from '../errors.ts';
import type { Book } from '../types/book.ts';

const all: Book[] = [
  { id: 1, title: 'one' },
  { id: 2, title: 'two' },
];

export const books = Router();

books.get('/', (req: Request, res: Response) => {
  res.json({ tenant: req.tenant ?? null, all });
});

books.get('/:id', (req: Request, res: Response) => {
  const book = all.find(({ id }) => id === Number(req.params.id));
  if (book === undefined) throw new NotFound(`no book ${req.params.id}`);
  res.json(book);
});
