'use strict';

/**
 * The fields of a query or form: `tag=a&tag=b` and `tag[]=a` are lists, `filter[owner]=ada` an object. One level, which
 * is what the handlers read. Goes when clients send no brackets: then `c.req.query()` and `c.req.queries()` do.
 *
 * @param {URLSearchParams} params
 */
function fields(params) {
  const found = Object.create(null);
  for (const [key, value] of params) {
    const [, name, inner] = /^([^[]+)\[([^\]]*)\]$/.exec(key) ?? [key, key];
    const held = found[name];
    if (inner) found[name] = Object.assign(Object.create(null), held, { [inner]: value });
    else found[name] = inner === '' || held !== undefined ? [].concat(held ?? [], value) : value;
  }
  return found;
}

const queryFields = (c) => fields(new URL(c.req.url).searchParams);

module.exports = { fields, queryFields };
