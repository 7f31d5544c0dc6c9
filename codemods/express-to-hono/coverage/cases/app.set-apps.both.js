/*
member: app.set
variant: routing settings of an application in an application
requests: [GET /v2/a/, GET /v2/a, GET /v2/A, GET /V2/a, GET /own, GET /own/]
*/
const express = require('express');

const app = express();
app.enable('strict routing');
app.enable('case sensitive routing');
const inner = express();
inner.enable('strict routing');
inner.enable('case sensitive routing');
inner.get('/a', (req, res) => res.json({ path: req.path }));
app.use('/v2', inner);
app.get('/own', (req, res) => res.send('own'));
app.listen(process.env.PORT);
