const cookieParser = require('cookie-parser');
const express = require('express');
const { at } = require('./spy.cjs');

const app = express();
app.set('trust proxy', 1);
app.use(at('first'));
app.use('/below', at('below'));
app.use(express.json(), cookieParser('a secret'));
app.use((req, res, next) => {
  req.user = { id: 7 };
  res.locals.title = 'a title';
  next();
});
app.use(at('parsed'));
app.listen(process.env.PORT);
