import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:punycode')>('punycode', {
  toASCII: ({ toASCII }) => same(toASCII('mañana.com'), 'xn--maana-pta.com'),
  decode: ({ decode }) => same(decode('maana-pta'), 'mañana'),
});
