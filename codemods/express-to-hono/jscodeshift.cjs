/**
 * The door for jscodeshift: `npx jscodeshift -t <this file> app.js`. It converts a file that is a whole Express program by
 * itself; anything larger needs `migrate codemod run express-to-hono`.
 */
const { pathToFileURL } = require('node:url');
const { join } = require('node:path');

// jscodeshift's Babel would compile an `import()` written here to `require`, and this package is made of ES modules.
const load = new Function('url', 'return import(url)');

module.exports = async function transform(file, api, options) {
  const { convertOneFile } = await load(pathToFileURL(join(__dirname, 'one-file.js')).href);
  return convertOneFile(file, api, options);
};
