import { Directive } from 'type-graphql';

/** About how many items a list has that takes no `first`, where it is more than ten: gateways reckon with it before they ask. */
export const Holds = (items: number): ReturnType<typeof Directive> => Directive(`@listSize(assumedSize: ${items})`);
