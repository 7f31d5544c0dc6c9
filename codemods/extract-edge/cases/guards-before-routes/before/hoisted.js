'use strict';

const express = require('express');

const app = express();
guard();
app.get('/hoisted', (req, res) => res.send('hoisted'));

function guard() {
  app.use((req, res, next) => (req.headers.authorization ? next() : res.sendStatus(401)));
}

app.listen(3001);
