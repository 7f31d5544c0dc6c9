const assert = require('node:assert');
const { open } = require('./helpers/store');

describe('failures', function () {
  let store;
  before(() => {
    store = open();
  });
  beforeEach((done) => store.clear(done));
  after(function () {
    this.timeout(1000);
    return store.close();
  });

  it('is "set up" first', () => assert.equal(process.env.NODE_ENV, 'test'));
  it('clears before each', () => assert.deepEqual(store.log, ['clear', 'clear']));
  it('fails by an assertion', () => assert.equal(1, 2));
  it('fails by a promise', async () => {
    await Promise.reject(new Error('no'));
  });
  it('fails by done', (done) => setTimeout(() => done(new Error('no')), 1));
  it('fails by its limit', function (done) {
    this.timeout(20);
    setTimeout(done, 500);
  });
  for (const name of ['one', 'two']) it(`is made in a loop: ${name}`, () => assert.ok(store));
  describe('inside', () => {
    let count = 0;
    beforeEach(() => {
      count += 1;
    });
    afterEach('looks back', () => assert.ok(count > 0));
    it('has both hooks', () => assert.equal(count, 1));
    it('has both hooks', () => assert.equal(store.log.length, 10));
  });
});
