/*
member: app.use
variant: a handler of all that is left that hands an object to the error handler
requests:
  - GET /products
  - { POST: /products, json: {} }
  - { HEAD: /products }
  - { OPTIONS: /products }
  - { DELETE: /products/1 }
  - GET /products/9
  - GET /text
  - GET /error
  - GET /nowhere
  - { POST: /nowhere, json: { a: 1 } }
*/
const express = require('express');

const app = express();
const products = express.Router();

function methodNotAllowed(req, res, next) {
  next({ status: 405, message: `${req.method} not allowed for ${req.originalUrl}` });
}

app.use(express.json());
products
  .route('/')
  .get([(req, res) => res.json({ data: [] })])
  .all(methodNotAllowed);
products
  .route('/:id')
  .get((req, res, next) => {
    if (req.params.id === '9') return next({ status: 404, message: 'no product 9', data: { id: 9 } });
    res.json({ data: req.params.id });
  })
  .all(methodNotAllowed);
app.use('/products', products);
app.get('/text', (req, res, next) => {
  next(`none at ${req.originalUrl}`);
});
app.get('/error', () => {
  throw Object.assign(new Error('gone'), { status: 410 });
});
app.use((req, res, next) => {
  next({ status: 404, message: `Not found: ${req.originalUrl}` });
});
app.use((error, req, res, next) => {
  const { status = 500, message = 'Something went wrong!' } = error;
  const isError = error instanceof Error;
  res.status(status).json({ error: message, isError, text: typeof error, data: error.data });
});
app.listen(process.env.PORT);
