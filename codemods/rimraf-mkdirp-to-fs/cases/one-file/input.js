const mkdirp = require('mkdirp');

mkdirp.sync('data/one');
(function (mkdirp) {
  mkdirp.sync('other');
})({ sync() {} });
