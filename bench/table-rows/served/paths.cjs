// What a CommonJS module knows of where it is, and whether a file beside it can be read while it loads.
const fs = require('node:fs');
const said = (call) => {
  try {
    return String(call()).slice(0, 80);
  } catch (error) {
    return `threw: ${error.message.slice(0, 120)}`;
  }
};
exports.found = {
  __dirname: said(() => typeof __dirname),
  'readFileSync beside the module': said(
    () => fs.readFileSync(`${__dirname}/beside.json`, 'utf8').length > 0,
  ),
  'readFileSync of a name': said(() => fs.readFileSync('beside.json', 'utf8').length > 0),
  'existsSync of a name': said(() => fs.existsSync('beside.json')),
  'mkdirSync of a name': said(() => fs.mkdirSync('made-by-probe', { recursive: true })),
  "writeFileSync('/tmp/…')": said(() => fs.writeFileSync('/tmp/made-by-probe', 'x')),
};
