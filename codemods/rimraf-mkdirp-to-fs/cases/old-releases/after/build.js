'use strict';
// what builds
var { rm, rmSync } = require('node:fs')
  , { mkdir, mkdirSync } = require('node:fs');
var path = require('path');
const out = path.join(__dirname, 'out');

function build(done) {
  rm(out, { recursive: true, force: true }, function (err) { // gone
    if (err) return done(err);
    mkdir(path.join(out, 'a', 'b'), { recursive: true, mode: 0o755 }, (err) => done(err));
  });
}

function clean() {
  rmSync(`${out}/a`, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
}

module.exports = { build, clean };
