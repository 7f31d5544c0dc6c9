const adapter = require('lambda-adapter');
const app = require('./app');

exports.handler = adapter({ app, binary: ['image/*'] });
