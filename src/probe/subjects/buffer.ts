import { subject } from '../contract.ts';
import { first, otherwise, same } from '../inside/seen.ts';

export default subject<typeof import('node:buffer')>('buffer', {
  Buffer: ({ Buffer }) =>
    first(
      same(Buffer.from('a€').toString('hex'), '61e282ac'),
      same(Buffer.from('_-8', 'base64url').toString('base64'), '/+8='),
      same(Buffer.concat([Buffer.from([1]), Buffer.alloc(2, 'b')]).readUInt16BE(1), 25186),
      same(Buffer.from('é', 'latin1').toString('latin1'), 'é'),
      same(Buffer.from('abc').indexOf('c'), 2),
    ),
  Blob: async ({ Blob }) => same(await new Blob(['a', new Uint8Array([98])]).text(), 'ab'),
  File: ({ File }) => same(new File(['a'], 'a.txt', { type: 'text/plain' }).name, 'a.txt'),
  atob: ({ atob, btoa }) => same(atob(btoa('x')), 'x'),
  isUtf8: ({ isUtf8, Buffer }) =>
    same([isUtf8(Buffer.from('€')), isUtf8(Buffer.from([0xff]))], [true, false]),
  isAscii: ({ isAscii, Buffer }) => same(isAscii(Buffer.from([0x80])), false),
  transcode: ({ transcode, Buffer }) =>
    same(transcode(Buffer.from('€'), 'utf8', 'latin1').toString('latin1'), '?'),
  constants: ({ constants }) =>
    constants.MAX_LENGTH > 2 ** 31 ? undefined : otherwise(`MAX_LENGTH is ${constants.MAX_LENGTH}`),
  SlowBuffer: (module) => same((module.SlowBuffer as unknown as (size: number) => Uint8Array)(3).length, 3),
  resolveObjectURL: async ({ resolveObjectURL, Blob }) => {
    const url = URL.createObjectURL(new Blob(['a']));
    return same(await resolveObjectURL(url)?.text(), 'a');
  },
});
