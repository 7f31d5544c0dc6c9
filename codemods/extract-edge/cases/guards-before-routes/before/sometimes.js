'use strict';

const express = require('express');

const app = express();
if (process.env.GUARDED) app.use((req, res, next) => (req.headers.authorization ? next() : res.sendStatus(401)));
app.get('/sometimes', (req, res) => res.send('sometimes'));

app.listen(3002);
