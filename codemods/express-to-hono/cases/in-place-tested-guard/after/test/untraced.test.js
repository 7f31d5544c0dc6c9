const express = require('express');
const request = require('supertest');
const { untraced } = require('../untraced');

test('takes the header away', async () => {
  const app = express().use(untraced, (req, res) => res.json(req.headers));
  const { body } = await request(app).get('/').set('X-Request-Id', '1');
  expect(body['x-request-id']).toBeUndefined();
});
