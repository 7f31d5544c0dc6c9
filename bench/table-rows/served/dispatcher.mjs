// Whether a request goes through the dispatcher it was given: an agent that refuses every connection.
import { Agent, request, setGlobalDispatcher, fetch as undiciFetch } from 'undici';

const refusing = new Agent({ connect: (_options, done) => done(new Error('refused by the agent')) });
const tried = (promise) =>
  promise.then(
    () => 'ignored: answered',
    (error) => (/refused by the agent/.test(`${error} ${error.cause}`) ? 'used: refused' : String(error)),
  );

const everyRequestThrough = (agent, origin) => {
  setGlobalDispatcher(agent);
  return fetch(origin);
};

export const probe = async ({ origin }) => ({
  'fetch(url, { dispatcher })': await tried(fetch(origin, { dispatcher: refusing })),
  'fetch of undici(url, { dispatcher })': await tried(undiciFetch(origin, { dispatcher: refusing })),
  'request of undici(url, { dispatcher })': await tried(request(origin, { dispatcher: refusing })),
  'fetch(url) after setGlobalDispatcher': await tried(everyRequestThrough(refusing, origin)),
});
