// Before any decorated class: each of them imports this module, directly or through another.
import 'reflect-metadata';
import Negotiator from 'negotiator';
import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAsParent } from './cacheControl';

export enum Lang {
  FR = 'FR',
  DE = 'DE',
  LB = 'LB',
  EN = 'EN',
}
registerEnumType(Lang, {
  name: 'Lang',
  description: 'A language of the hub. A text falls back from the one asked (argument, else `Accept-Language`) to its original.',
  valuesConfig: {
    FR: { description: 'French.' },
    DE: { description: 'German.' },
    LB: { description: 'Luxembourgish.' },
    EN: { description: 'English.' },
  },
});

@KeptAsParent
@Directive('@shareable')
@ObjectType({ description: 'One wording of a text. `machine` is true for an automatic translation.', simpleResolvers: true })
export class Translation {
  @Field(() => Lang, { description: 'Its language.' }) lang: Lang;
  @Field(() => String, { description: 'The wording.' }) value: string;
  @Field(() => Boolean, { description: 'Whether a machine translated it.' }) machine: boolean;
}

/** A text in one or more languages, the original first, as the database keeps it in a jsonb column. */
export type Text = readonly { lang: Lang; value: string; machine?: boolean }[];

/** A text that the hub itself says, in all its languages. */
export type Wording = Readonly<Record<Lang, string>>;

/**
 * The wording for a reader: in the language asked, else the first of the reader's languages that exists, else the original.
 * @param langs the reader's languages by preference, from `Accept-Language`
 */
export function wordingFor(text: Text, asked: Lang | null | undefined, langs: readonly Lang[]): string {
  for (const lang of asked ? [asked, ...langs] : langs) {
    const found = text.find((wording) => wording.lang === lang);
    if (found) return found.value;
  }
  return text[0]?.value ?? '';
}

/** Which of the hub's languages to speak to a reader: the one asked, else the first accepted, else French. */
export const speak = (asked: Lang | null | undefined, langs: readonly Lang[]): Lang => asked ?? langs[0] ?? Lang.FR;

/** BCP 47 tags by which numbers and dates are written in each language. */
export const locales: Wording = { FR: 'fr-FR', DE: 'de-DE', LB: 'lb-LU', EN: 'en-GB' };

/** French sets a space before a colon. */
export const colon = (lang: Lang): string => (lang === Lang.FR ? ' : ' : ': ');

/** What the field `names` shows of a text. */
export const translations = (text: Text): Translation[] => text.map(({ lang, value, machine = false }) => ({ lang, value, machine }));

/** The hub's languages that an `Accept-Language` header accepts, preferred first. */
export function acceptedLangs(header: string | undefined): Lang[] {
  if (!header) return [];
  const accepted = new Negotiator({ headers: { 'accept-language': header } }).languages();
  const known = accepted.map((tag) => tag.slice(0, 2).toUpperCase()).filter((tag): tag is Lang => tag in Lang);
  return [...new Set(known)];
}
