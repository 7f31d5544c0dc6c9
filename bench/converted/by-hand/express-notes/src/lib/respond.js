'use strict';

const { taggedJson } = require('../http/etag');

function ok(c, data) {
  return taggedJson(c, { data });
}

function created(c, location, data) {
  return c.json({ data }, 201, { Location: location });
}

function pageOf(query) {
  const page = Math.max(1, Number.parseInt(query.page, 10) || 1);
  const perPage = Math.min(50, Math.max(1, Number.parseInt(query.per_page, 10) || 10));
  return { page, perPage };
}

/** Sends one page of `rows`, with the total and the neighbouring pages in the headers. */
function paginated(c, basePath, rows, { page, perPage }) {
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const link = (number, rel) => `<${basePath}?page=${number}&per_page=${perPage}>; rel="${rel}"`;

  c.header('X-Total-Count', String(rows.length));
  c.header('X-Page', String(page));
  if (page > 1) c.header('Link', link(page - 1, 'prev'), { append: true });
  if (page < pages) c.header('Link', link(page + 1, 'next'), { append: true });
  return ok(c, rows.slice((page - 1) * perPage, page * perPage));
}

module.exports = { ok, created, pageOf, paginated };
