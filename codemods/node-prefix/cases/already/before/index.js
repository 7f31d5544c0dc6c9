const fs = require('node:fs');
const path = 'path';
const text = "require('fs')";
// require('os')
module.exports = { fs, path, text, from: (name) => name('fs') };
