import { acceptedLangs, colon, Lang, speak, translations, wordingFor } from './text';

const metz = [{ lang: Lang.FR, value: 'Sarrebruck' }, { lang: Lang.DE, value: 'Saarbrücken', machine: true }];

it('falls back from the language asked to those accepted, then to the original', () => {
  expect(wordingFor(metz, Lang.DE, [Lang.FR])).toBe('Saarbrücken');
  expect(wordingFor(metz, Lang.LB, [Lang.DE])).toBe('Saarbrücken');
  expect(wordingFor(metz, undefined, [Lang.EN, Lang.DE])).toBe('Saarbrücken');
  expect(wordingFor(metz, Lang.EN, [Lang.LB])).toBe('Sarrebruck');
  expect(wordingFor([], Lang.EN, [])).toBe('');
});

it('reads Accept-Language by preference, regions and unknown languages aside', () => {
  expect(acceptedLangs('it, de-DE;q=0.8, fr;q=0.9, de;q=0.7, *;q=0.1')).toEqual([Lang.FR, Lang.DE]);
  expect(acceptedLangs(undefined)).toEqual([]);
  expect(acceptedLangs('nonsense;;q=')).toEqual([]);
});

it('speaks the language asked, else the first accepted, else French', () => {
  expect([speak(Lang.LB, [Lang.DE]), speak(null, [Lang.DE]), speak(undefined, [])]).toEqual([Lang.LB, Lang.DE, Lang.FR]);
  expect([colon(Lang.FR), colon(Lang.DE)]).toEqual([' : ', ': ']);
});

it('lists wordings with whether a machine made them', () => {
  expect(translations(metz).map(({ machine }) => machine)).toEqual([false, true]);
});
