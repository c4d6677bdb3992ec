import type { ServerResponse } from 'node:http';
import type { Answer } from './graphqlEndpoint';

// Several fetches in one request: the body is a list of them, the answer a line for each, `<place in the list> <JSON>`, in the
// order in which they are done: none waits for one that takes longer.

/** Writes each answer, none of which may be rejected, when it is there; those of one turn of the event loop go together. */
export async function sendEach(response: ServerResponse, answers: readonly Promise<Answer>[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  let text = '';
  const flush = () => {
    if (text !== '') response.write(text);
    text = '';
  };
  await Promise.all(
    answers.map(async (answer, at) => {
      const { body } = await answer;
      if (text === '') setImmediate(flush);
      text += `${at} ${body.trimEnd()}\n`;
    }),
  );
  response.end(text);
  text = '';
}

/** Reads what `sendEach` writes, as it comes. */
export function eachIn(take: (at: number, answer: unknown) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    rest += text;
    if (!text.includes('\n')) return;
    const lines = rest.split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const end = line.indexOf(' ');
      take(Number(line.slice(0, end)), JSON.parse(line.slice(end + 1)));
    }
  };
}
