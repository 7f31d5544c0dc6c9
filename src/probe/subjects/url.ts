import { subject } from '../contract.ts';
import { first, same } from '../inside/seen.ts';

export default subject<typeof import('node:url')>('url', {
  URL: ({ URL }) => same(new URL('../a?b=ü#c', 'https://x.test/y/z').href, 'https://x.test/a?b=%C3%BC#c'),
  fileURLToPath: ({ fileURLToPath, pathToFileURL }) =>
    first(same(fileURLToPath('file:///a%20b'), '/a b'), same(pathToFileURL('/a b').href, 'file:///a%20b')),
  parse: ({ parse }) => same(parse('http://u:p@h:8/p?q=1#f', true).query.q, '1'),
  format: ({ format }) => same(format({ protocol: 'http', host: 'a', pathname: '/b' }), 'http://a/b'),
  domainToASCII: ({ domainToASCII }) => same(domainToASCII('español.com'), 'xn--espaol-zwa.com'),
});
