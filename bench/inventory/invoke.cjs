// Calls handlers of AWS Lambda as API Gateway does: `node invoke.cjs <calls.json> <answers.json>`. A call is a file, the
// name it exports the handler by, and an event; an answer is the status, or what was thrown: a layer that is not there is no fault of the handler's.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');

const [, , from, to] = process.argv;
const calls = JSON.parse(readFileSync(from, 'utf8'));
const answers = [];
const context = {
  awsRequestId: 'x',
  functionName: 'x',
  getRemainingTimeInMillis: () => 5000,
  done() {},
  fail() {},
  succeed() {},
};
const timed = (promise) =>
  Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error('no answer in 2 s')), 2000))]);
const run = async () => {
  for (const { file, name, event } of calls) {
    try {
      const module = await import(file);
      const handler = module[name] ?? module.default?.[name];
      if (typeof handler !== 'function') throw new TypeError(`${name} is no function`);
      const said = await timed(
        new Promise((yes, no) => {
          const returned = handler(event, context, (error, answer) => (error ? no(error) : yes(answer)));
          if (typeof returned?.then === 'function')
            returned.then((value) => value !== undefined && yes(value), no);
        }),
      );
      answers.push({ status: said?.statusCode ?? 200, called: true });
    } catch (error) {
      answers.push({
        status: null,
        called: existsSync(file) && !/is no function/.test(error?.message),
        said: String(error?.message).slice(0, 200),
      });
    }
  }
  writeFileSync(to, JSON.stringify(answers));
  process.emit('beforeExit');
  process.exit(0);
};
run();
