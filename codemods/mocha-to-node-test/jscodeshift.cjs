/** `npx jscodeshift -t <this file> src`: one file at a time, without package.json. */
module.exports = require('../shared/transform/door.cjs')(__dirname, 'suite.js');
