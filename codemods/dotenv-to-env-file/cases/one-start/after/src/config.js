'use strict';
// first of all
// .env

module.exports = { port: Number(process.env.PORT) };
