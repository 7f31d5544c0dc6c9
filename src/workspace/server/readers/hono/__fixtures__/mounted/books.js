import { Hono } from 'hono';

const reviews = new Hono().get('/', (c) => c.json([])).post('/', (c) => c.json({}, 201));

export const books = new Hono();
books.get('/', (c) => c.json([]));
books.route('/:book/reviews', reviews);
