/** `npx jscodeshift -t <this file> src`: one file at a time, where the scripts of package.json name the file already. */
module.exports = require('../shared/transform/door.cjs')(__dirname, 'env-file.js');
