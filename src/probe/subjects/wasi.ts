import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:wasi')>('wasi', {
  WASI: ({ WASI }) => {
    const own = new WASI({ version: 'preview1', args: ['a'], env: {} });
    return same(
      typeof (own.getImportObject() as { wasi_snapshot_preview1: { fd_write: unknown } })
        .wasi_snapshot_preview1.fd_write,
      'function',
    );
  },
});
