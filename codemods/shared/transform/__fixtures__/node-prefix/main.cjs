const { readFileSync } = require('fs');
const path = require('path');
const { promisify } = require('util');

const read = promisify(require('fs').readFile);

async function main() {
  const { createHash } = await import('crypto');
  const text = readFileSync(__filename, 'utf8');
  const again = await read(__filename, 'utf8');
  console.log(path.basename(__filename), text === again, createHash('sha1').update('a').digest('hex'));
  console.log(require.resolve('fs').replace('node:', ''), require('os').EOL.length);
}

main();
