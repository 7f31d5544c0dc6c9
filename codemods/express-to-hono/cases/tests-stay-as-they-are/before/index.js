module.exports = require('./app').app;
