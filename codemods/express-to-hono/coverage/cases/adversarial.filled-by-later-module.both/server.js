const express = require('express');

const app = express();
const api = express.Router();
app.use('/api', api);
module.exports = { app, api };
