module.exports = require('os').EOL;
