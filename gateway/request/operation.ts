import { getOperationAST, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { measure, type Measures } from '../limits/measure';

/** The operation that is asked for. */
export interface Operation {
  document: DocumentNode;
  definition: OperationDefinitionNode;
}

/** What a text holds; null where it cannot be read: Apollo Server says why. */
interface Read {
  document: DocumentNode | null;
  measures: Measures | null;
}

/** Reads texts, each once however often it is asked; remembers some thousand. */
export class Operations {
  private readonly known = new LRUCache<string, Read>({ max: 5000, maxSize: 20_000_000, sizeCalculation: (_, text) => text.length + 100 });

  read(text: string): Read {
    let read = this.known.get(text);
    if (!read) this.known.set(text, (read = readText(text)));
    return read;
  }

  /** Whether the text was read before: it holds the limits of texts then. */
  has(text: string): boolean {
    return this.known.has(text);
  }
}

function readText(text: string): Read {
  try {
    const document = parse(text);
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
