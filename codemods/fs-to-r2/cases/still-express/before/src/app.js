'use strict';

const express = require('express');
const multer = require('multer');
const config = require('./config');

const app = express();
app.post('/files', multer({ dest: config.uploadDir }).single('file'), (req, res) => res.json(req.file));

module.exports = app;
