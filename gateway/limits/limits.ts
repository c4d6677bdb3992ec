import { Lexer, Source, TokenKind } from 'graphql';
import { Refusal } from '../../shared/http/graphqlEndpoint';

/** How far a request may go, and whether one that goes further is refused or only told of. */
export interface Limit {
  most: number;
  mode: 'enforce' | 'measure';
}

/** What is limited, with what the number counts. */
export const limitNames = {
  body: 'bytes of the body',
  tokens: 'words and signs of the query',
  depth: 'fields within fields',
  aliases: 'aliases',
  rootFields: 'fields of the root',
  directives: 'directives',
  selections: 'fields in all, fragments spread',
  listItems: 'items of one list in the arguments or variables',
  variables: 'bytes of the variables',
  variableDepth: 'objects or lists within each other in the variables',
  cost: 'points that the operation may cost',
} as const;

export type LimitName = keyof typeof limitNames;
/** Those of a request's form; `cost` is held by `demand`. */
export type Limits = Record<Exclude<LimitName, 'cost'>, Limit>;

/** Told of a limit that was exceeded, refused or not. */
export type NoteExcess = (limit: LimitName, found: number, mode: Limit['mode']) => void;

/** Refuses what exceeds its limit, in words that tell which, what was found and what is allowed. */
export function hold<Name extends LimitName>(limits: Record<Name, Limit>, name: Name, found: number, note: NoteExcess): void {
  const { most, mode } = limits[name];
  if (found <= most) return;
  note(name, found, mode);
  if (mode === 'enforce') throw new Refusal(400, 'LIMIT_EXCEEDED', `${name}: ${found} ${limitNames[name]} were found, at most ${most} are allowed.`, {}, { limit: name, found, most });
}

/** Counts the tokens of a text, up to one more than the most; a text that cannot be read counts up to there. */
export function tokensOf(text: string, most: number): number {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  try {
    while (count <= most && lexer.advance().kind !== TokenKind.EOF) count++;
  } catch {
    // Parsing says where and why.
  }
  return count;
}
