import { isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { constantOf } from '../state/constants.ts';
import { spanOf } from '../state/conversion.ts';
import { writtenOptions } from '../state/written-options.ts';
import type { Native, PackageRule, Use } from './_contract.ts';
import { FORMATS, unknownTokens } from './_morgan-formats.ts';
import { writtenValue } from './_options.ts';

const LENGTH =
  'a line of the log has `-` for the length of an answer that announces none, and is written when the handler has answered';

/** Its lines have colours: they are for people. */
const DEV: Native = {
  ...{ from: 'hono/logger', name: 'logger', args: () => [] },
  remark: 'the log has the lines of Hono’s logger, one when a request comes and one when it is answered',
};

/** Not `hono/logger` for other formats, whose lines are others: programs read these. */
function native({ args, work, isOnlyCalled, member }: Use): Native | string {
  const [given, options, ...more] = args;
  if (!isOnlyCalled || member !== '') return 'its tokens and formats are changed';
  const format = given === undefined ? undefined : writtenValue(work, given);
  if (typeof format !== 'string' || given === undefined || more.length > 0)
    return 'its format is not written in this file, as a text';
  const isDev = format === 'dev';
  const pattern = isDev
    ? ':method :url :status :response-time ms - :res[content-length]'
    : (FORMATS[format] ?? format);
  const [unknown] = unknownTokens(pattern);
  if (unknown !== undefined) return `its token \`${unknown}\` was not compared`;
  const found = writtenOptions(options === undefined ? undefined : constantOf(work, options));
  const other = found === null ? '' : [...found.keys()].find((key) => !/^(stream|immediate)$/.test(key));
  if (found === null || other !== undefined)
    return other ? `its option \`${other}\` was not compared` : 'its options are not written in this file';
  const stream = found.get('stream');
  if (stream !== undefined && isFunction(stream)) return 'its stream is a function';
  const hasAddress = pattern.includes(':remote-addr');
  const text = work.layout.string(isDev ? format : pattern);
  if (isDev && found.size === 0) return DEV;
  return {
    ...{ from: 'parity', name: 'requestLog' },
    why: '`hono/logger` writes other lines',
    args: ({ parity, trust }) => {
      const items: Part[][] = [
        ...(hasAddress ? [[`address: (c) => ${parity('clientIp')}(${['c', ...trust()].join(', ')})`]] : []),
        ...[...found].map(([key, value]): Part[] => [`${key}: `, spanOf(value)]),
      ];
      if (items.length === 0) return [text];
      return [text, ', { ', ...items.flatMap((each, index) => (index === 0 ? each : [', ', ...each])), ' }'];
    },
    ...(pattern.includes(':res[content-length]') && {
      remark: LENGTH,
    }),
  };
}

const morgan: PackageRule = {
  name: 'morgan',
  bridge: {},
  native,
  advice: 'use `hono/logger`, which writes another format',
};
export default morgan;
