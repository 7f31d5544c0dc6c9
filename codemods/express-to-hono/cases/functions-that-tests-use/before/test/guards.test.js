const assert = require('node:assert');
const { test } = require('node:test');
const { requireKey, counted } = require('../guards');
const { deny } = require('../answers');
const { answerError } = require('../errors');
const add = require('../routes/add');
const { list } = require('../routes/list');

function response() {
  const told = { headers: {} };
  const res = {
    told,
    set: (name, value) => Object.assign(told.headers, { [name]: value }) && res,
    status: (status) => Object.assign(told, { status }) && res,
    json: (body) => Object.assign(told, { body }) && res,
  };
  return res;
}

test('a guard lets in who has a key, and nobody else', () => {
  const guard = requireKey(['k']);
  let passed = 0;
  const res = response();
  guard({ get: () => 'k' }, res, () => passed++);
  assert.strictEqual(passed, 1);
  guard({ get: () => 'other' }, res, () => passed++);
  assert.deepStrictEqual([passed, res.told.status, res.told.body], [1, 401, { denied: '1 so far' }]);
});

test('the helper, the middleware, the error handler and the routes by themselves', async () => {
  const [denied, marked, failed, added, listed] = [1, 2, 3, 4, 5].map(response);
  deny(denied, 'so');
  counted({}, marked, () => {});
  answerError(new Error('it did'), {}, failed, () => {});
  await add({ body: { text: 'tested' } }, added);
  list({}, listed);
  assert.deepStrictEqual(denied.told, { headers: {}, status: 401, body: { denied: 'so' } });
  assert.deepStrictEqual(marked.told.headers, { 'X-Counted': 'yes' });
  assert.deepStrictEqual(failed.told.body, { message: 'it did' });
  assert.deepStrictEqual(added.told, { headers: {}, status: 201, body: { id: 1, text: 'tested' } });
  assert.deepStrictEqual(listed.told.body, ['tested']);
});
