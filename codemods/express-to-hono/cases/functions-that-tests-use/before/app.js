const express = require('express');
const addNote = require('./routes/add');
const { list, count } = require('./routes/list');
const { requireKey, counted } = require('./guards');
const { answerError } = require('./errors');

const app = express();
app.use(express.json());
app.use(counted);
app.get('/notes', requireKey(['a']), list);
app.post('/notes', requireKey(['a']), addNote);
app.get('/count', count);
app.get('/fails', () => {
  throw new Error('as it should');
});
app.use(answerError);
app.listen(process.env.PORT);
