/*
shape: path chosen by a constant
variant: one of them with a wildcard
requests: [GET /files/a/b, GET /plain, GET /other]
*/
const express = require('express');

const app = express();
const isOpen = process.env.NO_SUCH_NAME === undefined;
const at = isOpen ? '/files/*' : '/plain';
app.get('/other', (req, res) => res.send('other'));
app.get(at, (req, res) => res.json(req.params));
app.listen(process.env.PORT);
