import { getOperationAST, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { measure, type Measures } from '../limits/measure';

/** An operation as its text has it, read once however often it is asked. */
export interface Operation {
  document: DocumentNode;
  definition: OperationDefinitionNode;
  measures: Measures;
}

/** Reads operations by text and name; remembers some thousand. */
export class Operations {
  private readonly documents = new LRUCache<string, Map<string, Operation>>({ max: 5000, maxSize: 20_000_000, sizeCalculation: (_, text) => text.length + 100 });

  /** The operation that is asked for; null where the text has none of that name, or cannot be read: Apollo Server says why. */
  read(text: string, name: string | null | undefined): Operation | null {
    let known = this.documents.get(text);
    if (!known) this.documents.set(text, (known = new Map()));
    const found = known.get(name ?? '');
    if (found) return found;
    try {
      const document = known.values().next().value?.document ?? parse(text);
      const definition = getOperationAST(document, name);
      if (!definition) return null;
      const operation = { document, definition, measures: measure(document) };
      known.set(name ?? '', operation);
      return operation;
    } catch {
      return null;
    }
  }

  /** Whether the text was read before: it holds the limits of texts then. */
  has(text: string): boolean {
    return this.documents.has(text);
  }
}
