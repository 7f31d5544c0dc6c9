'use strict';
// what builds
var rimraf = require('rimraf')
  , mkdirp = require('mkdirp');
var path = require('path');
const out = path.join(__dirname, 'out');

function build(done) {
  rimraf(out, function (err) { // gone
    if (err) return done(err);
    mkdirp(path.join(out, 'a', 'b'), 0o755, (err) => done(err));
  });
}

function clean() {
  rimraf.sync(`${out}/a`, { glob: false });
  mkdirp.sync(out);
}

module.exports = { build, clean };
