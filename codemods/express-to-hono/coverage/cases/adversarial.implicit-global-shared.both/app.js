/*
adversarial: a function under an undeclared name that kept code calls as well
requests: [GET /a, GET /b, GET /c]
*/
const express = require('express');
require('./answer.js');

const app = express();
app.get('/a', answer);
const table = { run: (req, res, next) => globalThis['ans' + 'wer'](req, res, next) };
app.get('/b', (req, res, next) => table.run(req, res, next));
answerLater = null;
app.get('/c', (req, res) => (answerLater || answer)(req, res));
app.listen(process.env.PORT);
