import { startRecording } from '../index.ts';

// A recorder in a process of its own, to be killed: prints its port, then each exchange that it holds to be on the disk.
const [state = '', upstream = '', name = ''] = process.argv.slice(2);
const recording = await startRecording(state, {
  ...{ upstream, name, port: 0, maxBody: 1024 * 1024, syncMs: 5, syncRecords: 8 },
  durable: (seqs) => process.stdout.write(`durable ${seqs.join(' ')}\n`),
});
process.stdout.write(`port ${recording.port} after ${recording.continuesAfter}\n`);
