const uuid = require('uuid/v4');
const other = require('uuid');

exports.one = uuid;
exports.two = () => other() + other.v4();
