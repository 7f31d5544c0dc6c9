import type { Exchange, ExchangeRequest, ExchangeResponse } from '../../model/exchange.ts';

/** What is known of an exchange without reading it. */
export type Known = Pick<Exchange, 'index' | 'source' | 'session' | 'sentAt' | 'withheld'>;

/**
 * Makes exchanges whose request and answer are read each time they are asked for, so that the size of a recording does
 * not count in memory. All of them share two getters: with getters of its own an exchange would take 600 bytes and more
 * (measured on Node 20), so it takes 160.
 */
export function onDemand<Place>(read: {
  request(place: Place): ExchangeRequest;
  response(place: Place): ExchangeResponse | null;
}): (known: Known, place: Place) => Exchange {
  const key = Symbol('place');
  type Placed = { readonly [key]: Place };
  const getters: PropertyDescriptorMap & ThisType<Placed> = {
    request: {
      enumerable: true,
      get() {
        return read.request(this[key]);
      },
    },
    response: {
      enumerable: true,
      get() {
        return read.response(this[key]);
      },
    },
  };
  return ({ index, source, session, sentAt, withheld }, place) => {
    const known = { schema: 'migrate/exchange', version: 1, index, source, session, [key]: place };
    if (sentAt !== undefined) Object.assign(known, { sentAt });
    if (withheld !== undefined) Object.assign(known, { withheld });
    return Object.defineProperties(known, getters) as unknown as Exchange;
  };
}
