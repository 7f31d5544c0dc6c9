/*
member: app.use
variant: an error handler for development and one for production, and one that logs in between under a condition
requests: [GET /, GET /fails, GET /missing, GET /teapot, GET /pass]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => res.send('home'));
app.get('/fails', () => {
  throw new Error('fails');
});
app.get('/teapot', (req, res, next) => {
  next(Object.assign(new Error('short and stout'), { status: 418 }));
});
app.get('/pass', (req, res, next) => next(new Error('pass')));
app.use((req, res, next) => {
  const err = new Error('Not Found');
  err.status = 404;
  next(err);
});

// error handlers

// development error handler
// will print the stack
if (app.get('env') === 'development') {
  app.use((err, req, res, next) => {
    if (err.message === 'pass') return next(err);
    res.status(err.status || 500);
    res.json({ message: err.message, stack: err.stack.length > 0 });
  });
}

if (process.env.NO_SUCH_VARIABLE) app.use((err, req, res, next) => res.status(500).send('never here'));
else {
  app.use((err, req, res, next) => {
    res.set('X-Logged', err.message);
    next(err);
  });
}

// production error handler
app.use((err, req, res, next) => {
  res.status(err.status || 500);
  res.json({ message: err.message });
});

app.listen(process.env.PORT);
