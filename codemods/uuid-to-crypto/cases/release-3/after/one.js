const uuid = require('uuid/v4');
const { randomUUID } = require('node:crypto');

exports.one = uuid;
exports.two = () => randomUUID() + randomUUID();
