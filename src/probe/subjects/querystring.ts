import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:querystring')>('querystring', {
  parse: ({ parse }) => same({ ...parse('a=1&a=2&b=%20') }, { a: ['1', '2'], b: ' ' }),
  stringify: ({ stringify }) => same(stringify({ a: ['1', '2'], b: 'ä' }), 'a=1&a=2&b=%C3%A4'),
});
