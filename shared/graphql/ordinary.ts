import { visit, type DocumentNode } from 'graphql';

/** Whether a document asks for data alone, under names that objects do not have by themselves. */
export function isOrdinary(document: DocumentNode): boolean {
  let ordinary = true;
  visit(document, {
    Name({ value }) {
      if (value === '__schema' || value === '__type' || value in Object.prototype) ordinary = false;
    },
  });
  return ordinary;
}
