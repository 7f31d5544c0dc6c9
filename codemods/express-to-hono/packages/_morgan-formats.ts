/** Formats that have a name. Source: the code of morgan 1.10 to 1.12. */
export const FORMATS: Readonly<Record<string, string>> = {
  combined:
    ':remote-addr - :remote-user [:date[clf]] ":method :url HTTP/:http-version" :status :res[content-length] ":referrer" ":user-agent"',
  common:
    ':remote-addr - :remote-user [:date[clf]] ":method :url HTTP/:http-version" :status :res[content-length]',
  short:
    ':remote-addr :remote-user :method :url HTTP/:http-version :status :res[content-length] - :response-time ms',
  tiny: ':method :url :status :res[content-length] - :response-time ms',
};

const TOKENS =
  /^(method|url|status|referrer|remote-addr|remote-user|http-version|user-agent|(date|response-time|total-time)(\[\w+\])?|re[qs]\[.+\])$/;

/** The tokens of a format that nobody compared. */
export const unknownTokens = (format: string): string[] =>
  [...format.matchAll(/:([-\w]{2,}(?:\[[^\]]+\])?)/g)].flatMap(([, token = '']) =>
    TOKENS.test(token) ? [] : [token],
  );
