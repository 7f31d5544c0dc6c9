'use strict';

/**
 * What Koa answers to an error that nobody caught, and where errors are reported. It can go once the application has an
 * error page of its own.
 */

const { STATUS_CODES } = require('http');

const reports = [];

/** Calls a function for each error that is reported. */
function onReport(fn) {
  reports.push(fn);
}

/** Reports an error to who asked for it, or prints it as Koa does. */
function report(error, c) {
  const { status, expose } = error;
  if (reports.length > 0) for (const fn of reports) fn(error, c);
  else if (status !== 404 && expose !== true)
    console.error(`\n${String(error.stack ?? error).replace(/^/gm, '  ')}\n`);
}

/** Koa's answer to an error: its status, its message where it may be shown, and its headers in place of all others. */
function errorPage(error, c) {
  report(error, c);
  const raised = error;
  const given = raised.code === 'ENOENT' ? 404 : (raised.status ?? raised.statusCode);
  const status = typeof given === 'number' && STATUS_CODES[given] !== undefined ? given : 500;
  const text = raised.expose === true ? String(raised.message) : (STATUS_CODES[status] ?? String(status));
  const headers = { ...raised.headers, 'Content-Type': 'text/plain; charset=utf-8' };
  return new Response(text, { status, headers });
}

/** Answers errors that reach it by throwing, as middleware further in has had the chance to catch them. */
const errorPages = () => async (c, next) => {
  try {
    await next();
  } catch (error) {
    c.res = undefined;
    c.res = errorPage(error, c);
  }
};

module.exports = { onReport, report, errorPage, errorPages };
