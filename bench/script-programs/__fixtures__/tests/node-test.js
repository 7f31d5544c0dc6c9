const assert = require('node:assert');
const { test } = require('node:test');
const add = require('../src/add.js');
test('adds', () => assert.equal(add(1, 2), 3));
test('adds nothing', () => assert.equal(add(undefined, 2), 2));
