/*
shape: factories with injected dependencies
requests: [GET /notes, GET /notes/1, GET /notes/9]
*/
const express = require('express');

const app = express();
const makeNotes = require('./notes');
const store = new Map([['1', 'first']]);
app.use('/notes', makeNotes({ store }));
app.listen(process.env.PORT);
