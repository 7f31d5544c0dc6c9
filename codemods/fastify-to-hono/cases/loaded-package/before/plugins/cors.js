module.exports = require('@fastify/cors');
module.exports.autoConfig = { origin: 'https://a.example' };
