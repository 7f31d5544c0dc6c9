import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { FORMATS } from '../packages/_morgan-formats.ts';
import { constantOf } from '../state/constants.ts';
import type { Conversion } from '../state/conversion.ts';

type LogNeed = 'logOptions' | 'logDev' | 'logAnswers' | 'logClients' | 'logTimes';

/** What the formats ask for that morgan is given. */
export function logNeeds(conversion: Conversion): Record<LogNeed, boolean> {
  const logs = packagesOf(conversion.program).filter((each) => each.package === 'morgan');
  const formats = logs.map(({ call }) => {
    const [given] = call === null ? [] : argumentsOf(call.node);
    const text =
      given === undefined || call === null
        ? null
        : literalText(constantOf(conversion.workOf(call.file), given));
    return text === null ? null : (FORMATS[text] ?? text);
  });
  const asks = (token: RegExp) => formats.some((each) => each === null || token.test(each));
  return {
    logOptions:
      logs.some(({ call }) => call === null || argumentsOf(call.node).length !== 1) || asks(/:remote-addr/),
    logDev: formats.some((each) => each === null || each === 'dev'),
    logAnswers: asks(/^dev$|:(status|res\[)/),
    logClients: asks(/:(req\[|referrer|user-agent|http-version|remote-)/),
    logTimes: asks(/^dev$|:(date|response-time|total-time)/),
  };
}
