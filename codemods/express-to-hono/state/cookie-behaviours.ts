import { type Behaviour, OTHER_ANSWER } from './announcements.ts';

/** What Express did with cookies that no browser sends on its own account. */
export const COOKIE_BEHAVIOURS = {
  cookie: {
    about: 'a cookie without a name, or with a character that RFC 6265 does not allow in its value, is read',
    differences: [
      {
        location: 'status',
        ...{ kind: 'status', when: ['odd-cookie'] },
        about: 'a cookie that a browser would not send',
      },
      { location: 'body*', when: ['odd-cookie'], about: 'a cookie that a browser would not send' },
      ...OTHER_ANSWER,
    ],
  },
  'marked-cookie': {
    about:
      'a cookie that begins with `j:` or `s:` is JSON or signed, although the application writes none like that',
    differences: [
      {
        location: 'status',
        ...{ kind: 'status', when: ['marked-cookie'] },
        about: 'a cookie that another application wrote as JSON or signed',
      },
      {
        ...{ location: 'body*', when: ['marked-cookie'] },
        about: 'a cookie that another application wrote as JSON or signed',
      },
      ...OTHER_ANSWER,
    ],
  },
} satisfies Record<string, Behaviour>;
