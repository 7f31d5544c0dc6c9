'use strict';

// What an order is.
const assert = require('node:assert');
const hasId = require('./helpers/shared');

const LIMIT = 2000;

describe('orders', function () {
  this.timeout(5000);
  this.slow(100);

  before('opens the shop', (done) => setTimeout(done, 1));
  after(async () => {});
  beforeEach(function () {
    this.timeout(LIMIT);
  });
  afterEach('counts', /* each of them */ () => {});

  hasId(() => ({ id: 1 }));

  context('with a basket', () => {
    it('adds', (done) => {
      setTimeout(done, 1);
    });
    it('adds twice', done => setTimeout(() => done(), 1));
    it('takes its time', async function () {
      this.timeout(60 * 1000);
      await new Promise((resume) => setTimeout(resume, 1));
    });
    it('has no limit', function () {
      this.timeout(0); // as long as it takes
      assert.ok(true);
    });
    it('is quick', () => {}).timeout(100);
    specify('the total', checkTotal);
  });

  describe('elsewhere', () => {
    it('is skipped where it cannot be', function () {
      if (process.platform !== 'plan9') this.skip();
      assert.fail('never');
    });
    it('is skipped with done', function (done) {
      if (typeof done === 'function') return this.skip();
      setTimeout(done, 1);
    });
    xit('is left out', () => {});
    it.skip('is left out as well', () => {});
    it('is still to be written');
    it('has a variable t', function (done) {
      const t = 1;
      setTimeout(() => done(t === 1 ? undefined : new Error('t')), 1);
    });
  });

  xdescribe('not now', () => {
    it('is not run', () => {});
  });
});

function checkTotal() {
  assert.equal(1 + 1, 2);
}
