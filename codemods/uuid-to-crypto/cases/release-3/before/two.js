const uuid = require('uuid/v4');

exports.one = () => uuid();
