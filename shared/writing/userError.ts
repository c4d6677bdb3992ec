import { Directive, Field, ObjectType } from 'type-graphql';

/** Codes of `UserError`, with what each means. */
export const userErrorCodes = {
  NOT_FOUND: 'No such record, or none that this caller may know of.',
  FORBIDDEN: 'The record is not one that this caller may write.',
  STALE_VERSION: 'The record has changed since it was read: the answer holds it as it is now.',
  INVALID_MOVE: 'The life of the record has no such step from where it stands, or not for this caller.',
  REASON_NEEDED: 'The step needs a reason.',
  IDEMPOTENCY_KEY_REUSED: 'The key was used before, with another input.',
  INVALID_VALUE: 'A value that the field does not take.',
  NOT_OPEN: 'The edition or challenge does not take any at the moment.',
  NOT_ELIGIBLE: 'A rule of the edition is not fulfilled.',
  ALREADY_EXISTS: 'There is one already: the answer holds it.',
} as const;

export type UserErrorCode = keyof typeof userErrorCodes;

@Directive('@shareable')
@ObjectType({ description: 'A refusal that the caller can act on; never thrown, always returned beside the payload.', simpleResolvers: true })
export class UserError {
  @Field(() => String, { description: `Stable: ${Object.keys(userErrorCodes).map((code) => `\`${code}\``).join(', ')}.` }) code: UserErrorCode;
  @Field(() => [String], { description: 'Where in the arguments: `["input", "relay"]`.' }) path: string[];
  @Field(() => String, { description: 'For a person; its wording may improve.' }) message: string;
}

/** Ends a write without a trace in the record. */
export class Refused extends Error {
  constructor(
    readonly userErrors: UserError[],
    /** The record to answer with all the same. */
    readonly subject: string | null = null,
  ) {
    super(userErrors.map(({ message }) => message).join(' '));
  }
}

/** Refuses a write for one reason. @param subject id of a record to answer with */
export const refuse = (code: UserErrorCode, path: readonly string[], message: string, subject: string | null = null): Refused => new Refused([{ code, path: [...path], message }], subject);

/** All refusals of the fields of an input, told together. */
export class Refusals {
  private readonly found: UserError[] = [];
  add(code: UserErrorCode, path: readonly string[], message: string): void {
    this.found.push({ code, path: [...path], message });
  }
  /** Ends the write if there was one. */
  throwIfAny(): void {
    if (this.found.length > 0) throw new Refused(this.found);
  }
}
