import { Kind, visit, type ASTNode, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../request/selections';

/** What a document asks of the hub, read from its text alone. */
export interface Measures {
  /** Fields within fields. */
  depth: number;
  aliases: number;
  /** Fields of an operation's root, fragments spread. */
  rootFields: number;
  directives: number;
  /** Fields in all once every fragment stands where it is spread: what a bomb of nested fragments drives up. */
  selections: number;
  /** Items of the longest list that is written as an argument. */
  listItems: number;
}

/**
 * Measures a document in one pass over the text: each fragment is looked into once, however often it is spread. All operations and
 * fragments count, asked for or not, since all are validated: that takes seconds where many overlap. Numbers of a bomb can exceed what
 * a double holds exactly; they stay comparable. Fragments that spread themselves count as if they did not: validation refuses them.
 */
export function measure(document: DocumentNode): Measures {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Sizes>();
  const ofFragment = (fragment: FragmentDefinitionNode): Sizes => {
    const name = fragment.name.value;
    let sizes = known.get(name);
    if (!sizes) {
      known.set(name, NOTHING);
      known.set(name, (sizes = ofSet(fragment.selectionSet)));
    }
    return sizes;
  };
  const ofSet = ({ selections }: SelectionSetNode): Sizes => {
    const sum = { depth: 0, selections: 0, here: 0 };
    for (const selection of selections) {
      let sizes: Sizes;
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet ? ofSet(selection.selectionSet) : NOTHING;
        sizes = { depth: inner.depth + 1, selections: inner.selections + 1, here: 1 };
      } else if (selection.kind === Kind.INLINE_FRAGMENT) sizes = ofSet(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        sizes = fragment ? ofFragment(fragment) : NOTHING;
      }
      sum.depth = Math.max(sum.depth, sizes.depth);
      sum.selections += sizes.selections;
      sum.here += sizes.here;
    }
    return sum;
  };
  const measures = { depth: 0, selections: 0, rootFields: 0, ...countsOf(document) };
  for (const definition of document.definitions) {
    const operation = definition.kind === Kind.OPERATION_DEFINITION;
    if (!operation && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const { depth, selections, here } = operation ? ofSet(definition.selectionSet) : ofFragment(definition);
    measures.depth = Math.max(measures.depth, depth);
    measures.selections = Math.max(measures.selections, selections);
    if (operation) measures.rootFields = Math.max(measures.rootFields, here);
  }
  return measures;
}

interface Sizes {
  depth: number;
  selections: number;
  /** Fields at the very place. */
  here: number;
}
const NOTHING: Sizes = { depth: 0, selections: 0, here: 0 };

function countsOf(document: DocumentNode): Pick<Measures, 'aliases' | 'directives' | 'listItems'> {
  const counts = { aliases: 0, directives: 0, listItems: 0 };
  visit(document, {
    enter(node: ASTNode) {
      if (node.kind === Kind.FIELD && node.alias) counts.aliases++;
      else if (node.kind === Kind.DIRECTIVE) counts.directives++;
      else if (node.kind === Kind.LIST) counts.listItems = Math.max(counts.listItems, node.values.length);
    },
  });
  return counts;
}

/** Sizes of the variables' values: the longest list, and how deep they go. Not by recursion: they may be as deep as a body is long. */
export function sizesOf(value: unknown): { listItems: number; depth: number } {
  let listItems = 0;
  let depth = 0;
  let level: object[] = [value].filter(isNested);
  while (level.length > 0) {
    depth++;
    for (const one of level) if (Array.isArray(one)) listItems = Math.max(listItems, one.length);
    level = level.flatMap((one) => (Object.values(one) as unknown[]).filter(isNested));
  }
  return { listItems, depth };
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
