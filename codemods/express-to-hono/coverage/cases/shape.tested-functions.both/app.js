/*
shape: handlers, a guard, a helper and an error handler that the project's own tests use by themselves
requests:
  - GET /notes
  - { GET: /notes, headers: { x-key: b } }
  - { GET: /notes, headers: { x-key: a } }
  - { POST: /notes, headers: { x-key: a }, json: { text: one } }
  - { POST: /notes, headers: { x-key: wrong }, json: { text: never } }
  - { POST: /notes, headers: { x-key: a }, json: {} }
  - { GET: /notes, headers: { x-key: a } }
  - GET /count
  - GET /fails
*/
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
