const assert = require('node:assert');
const add = require('../src/add.js');
describe('add', () => {
  it('adds', () => assert.equal(add(1, 2), 3));
  it('waits', async () => {
    await new Promise((done) => setTimeout(done, 5));
    assert.equal(add(undefined, 2), 2);
  });
});
