/*
member: req.path
variant: several slashes
requests: [GET //, OPTIONS //, GET //a, GET /in//a, GET /in//, GET ///]
*/
const express = require('express');

const app = express();
app.use('/in', (req, res) => res.json({ below: req.path, url: req.url }));
app.post('/:id', (req, res) => res.json({ id: req.params.id }));
app.use((req, res) => res.json({ path: req.path, url: req.url }));
app.listen(process.env.PORT);
