const { pathToFileURL } = require('node:url');
const { join } = require('node:path');

// jscodeshift's Babel would compile an `import()` written here to `require`, and this package is made of ES modules.
const load = new Function('url', 'return import(url)');
const from = (...path) => load(pathToFileURL(join(...path)).href);

/** A transform for `npx jscodeshift -t`, of the change that a file of a codemod's folder has as default export. */
module.exports = (folder, name) =>
  async function transform(file, api) {
    const { ordinary } = await from(__dirname, 'ordinary.js');
    const { default: whole } = await from(folder, name);
    return ordinary(whole.change)(file, api);
  };
