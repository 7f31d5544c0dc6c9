'use strict';

// What an order is.
const { after, afterEach, before, beforeEach, describe, it } = require('node:test');
const assert = require('node:assert');
const hasId = require('./helpers/shared');

const LIMIT = 2000;

describe('orders', function () {
  before((t, done) => setTimeout(done, 1), { timeout: 5000 });
  after(async () => {}, { timeout: 5000 });
  beforeEach(function () {
  }, { timeout: LIMIT });
  afterEach(/* each of them */ () => {}, { timeout: 5000 });

  hasId(() => ({ id: 1 }));

  describe('with a basket', () => {
    it('adds', { timeout: 5000 }, (t, done) => {
      setTimeout(done, 1);
    });
    it('adds twice', { timeout: 5000 }, (t, done) => setTimeout(() => done(), 1));
    it('takes its time', { timeout: 60 * 1000 }, async function () {
      await new Promise((resume) => setTimeout(resume, 1));
    });
    it('has no limit', function () {
      // as long as it takes
      assert.ok(true);
    });
    it('is quick', { timeout: 100 }, () => {});
    it('the total', checkTotal);
  });

  describe('elsewhere', () => {
    it('is skipped where it cannot be', { timeout: 5000 }, function (t) {
      if (process.platform !== 'plan9') return t.skip();
      assert.fail('never');
    });
    it('is skipped with done', { timeout: 5000 }, function (t, done) {
      if (typeof done === 'function') return done(t.skip());
      setTimeout(done, 1);
    });
    it.skip('is left out', () => {});
    it.skip('is left out as well', () => {});
    it.todo('is still to be written');
    it('has a variable t', { timeout: 5000 }, function (test, done) {
      const t = 1;
      setTimeout(() => done(t === 1 ? undefined : new Error('t')), 1);
    });
  });

  describe.skip('not now', () => {
    it('is not run', { timeout: 5000 }, () => {});
  });
});

function checkTotal() {
  assert.equal(1 + 1, 2);
}
