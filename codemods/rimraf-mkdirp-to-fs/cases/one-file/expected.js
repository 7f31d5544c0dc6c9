const { mkdirSync } = require('node:fs');

mkdirSync('data/one', { recursive: true });
(function (mkdirp) {
  mkdirp.sync('other');
})({ sync() {} });
