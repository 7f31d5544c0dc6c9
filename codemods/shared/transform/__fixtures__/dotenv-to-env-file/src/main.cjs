const { values } = require('./config.cjs');

console.log(JSON.stringify(values, null, 1));
