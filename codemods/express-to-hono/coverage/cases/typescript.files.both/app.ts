/*
shape: 'TypeScript: routes, controllers and types in files of their own'
esm: true
requests: [GET /v1/books, GET /v1/books/2, GET /v1/books/9, { GET: /v1/books, headers: { X-Tenant: t1 } }]
*/
import express from 'express';
import { onError } from './errors.ts';
import { tenant } from './tenant.ts';
import { books } from './routes/books.ts';

export const app = express();
app.use(express.json());
app.use(tenant);
app.use('/v1/books', books);
app.use(onError);
app.listen(process.env.PORT);
