/*
member: app.use
variant: an error handler that makes another error of what it is given and hands that on
requests:
  - GET /
  - GET /own
  - GET /plain
  - GET /status
  - GET /async
  - GET /nowhere
*/
const express = require('express');

class ApiError extends Error {
  constructor(statusCode, message, isOperational = true) {
    super(message);
    this.statusCode = statusCode;
    this.isOperational = isOperational;
  }
}

const errorConverter = (err, req, res, next) => {
  let error = err;
  if (!(error instanceof ApiError)) {
    const statusCode = error.statusCode || 500;
    const message = error.message || 'no message';
    error = new ApiError(statusCode, message, false);
  }
  next(error);
};
const errorHandler = (err, req, res, next) => {
  let { statusCode, message } = err;
  if (statusCode >= 500 && !err.isOperational) message = 'Internal Server Error';
  res.locals.errorMessage = err.message;
  res.status(statusCode).send({ code: statusCode, message, own: err.isOperational });
};

const app = express();
app.use(express.json());
app.get('/', (req, res) => res.send('home'));
app.post('/', (req, res) => res.json(req.body));
app.get('/own', () => {
  throw new ApiError(409, 'taken');
});
app.get('/plain', () => {
  throw new Error('secret');
});
app.get('/status', (req, res, next) => next(Object.assign(new Error('gone'), { statusCode: 410 })));
app.get('/async', (req, res, next) => {
  Promise.reject(new TypeError('late')).catch((err) => next(err));
});
app.use((req, res, next) => {
  next(new ApiError(404, 'Not found'));
});
app.use(errorConverter);
app.use(errorHandler);
app.listen(process.env.PORT);
