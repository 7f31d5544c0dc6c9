'use strict';
// first of all
require('dotenv').config(); // .env

module.exports = { port: Number(process.env.PORT) };
