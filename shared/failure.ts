/** A failure that the person who runs the hub can act on: the message says what is wrong and what to do, and no more is told. */
export class Explained extends Error {}

/** Ends a start that failed: an explained failure in its own words, any other with its stack; the process fails. */
export function explainFailure(error: unknown): void {
  console.error(error instanceof Explained ? `\n${error.message}` : error);
  process.exitCode = 1;
}
