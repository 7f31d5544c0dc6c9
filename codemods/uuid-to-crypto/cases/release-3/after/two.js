const { randomUUID: uuid } = require('node:crypto');

exports.one = () => uuid();
