import { getOperationAST, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { measure, type Measures } from '../limits/measure';

/** The operation that is asked for. */
export interface Operation {
  document: DocumentNode;
  definition: OperationDefinitionNode;
}

/** What a text holds; null where it cannot be read: Apollo Server says why. */
export interface Read {
  document: DocumentNode | null;
  measures: Measures | null;
}

/** Characters of the texts that are remembered; what is read of a text takes some hundred times its room. */
const REMEMBERED = 2_000_000;

/** Reads texts, each once however often it is asked. */
export class Operations {
  private readonly known = new LRUCache<string, Read>({ maxSize: REMEMBERED, sizeCalculation: (_, text) => text.length + 100 });

  /**
   * What a text holds.
   * @param admit throws where it is not to be remembered
   */
  read(text: string, admit: (read: Read) => void): Read {
    const known = this.known.get(text);
    const read = known ?? readText(text);
    admit(read);
    if (!known) this.known.set(text, read);
    return read;
  }

  has(text: string): boolean {
    return this.known.has(text);
  }
}

function readText(text: string): Read {
  try {
    const document = parse(text, { noLocation: true });
    return { document, measures: measure(document) };
  } catch {
    return { document: null, measures: null };
  }
}

/** The operation of a name; null where there is none, or the name does not say which. */
export function operationOf(document: DocumentNode | null, name: string | null | undefined): Operation | null {
  const definition = document && getOperationAST(document, name);
  return definition ? { document, definition } : null;
}
