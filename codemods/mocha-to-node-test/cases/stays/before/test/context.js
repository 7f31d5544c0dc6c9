beforeEach(() => {});

describe('context', function () {
  this.retries(2);
  before(function () {
    this.user = 'ada';
  });
  before(function () {
    if (!process.env.DB) this.skip();
  });
  it('reads it', function () {
    this.user.toString();
  });
  it.only('alone', () => {});
  it('wrapped', wrap(() => {}));
  it('given', it);
  it('is async and done', async (done) => done());
  it('on a condition', function () {
    if (process.env.CI) this.timeout(100);
  });
  const made = it('made', () => {});
  [it].forEach((each) => each('x', () => {}));
  it.retries(2);
});
describe('async', async () => {});
describe('none');
run();
