const os = require('os');

jest.mock('fs');
const { read } = require('./report');

test('reads', () => {
  require('fs').readFileSync.mockReturnValue(os.EOL);
  expect(read('a')).toBe(os.EOL);
});
