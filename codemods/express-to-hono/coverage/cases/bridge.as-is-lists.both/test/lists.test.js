const logged = require('../logged');
const ends = require('../ends');

test('lists', () => {
  expect(logged).toHaveLength(2);
  expect(ends()).toHaveLength(3);
});
