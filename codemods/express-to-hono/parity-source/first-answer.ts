import { neverAnswers } from './never-answers.ts';

/**
 * The first answer of several that a loop may give. One more is an error, as in Express, which ends the loop and is printed:
 * the client has its answer by then. Without any it waits.
 */
export function firstAnswer(run: (answer: (response: Response) => void) => void): Response | Promise<never> {
  let first: Response | undefined;
  try {
    run((response) => {
      if (first !== undefined) throw new Error('The request is answered already.');
      first = response;
    });
  } catch (error) {
    if (first === undefined) throw error;
    console.error(error);
  }
  return first ?? neverAnswers();
}
