'use strict';

const events = require('../store/events');

/**
 * On SIGTERM or SIGINT: takes no more connections, ends the event streams, waits for the answers under way, and goes
 * by force after five seconds.
 *
 * @param close stops the server; its promise settles once all is answered
 */
module.exports = function stopOnSignal(close) {
  async function stop(signal) {
    console.log(`${signal} received, closing`);
    // Event streams never end by themselves: end them, or close() would wait for their clients.
    events.closeAll();
    setTimeout(() => process.exit(1), 5000).unref();
    await close();
    process.exit(0);
  }
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(signal));
};
