/** Lower case without accents, as PostgreSQL's `fold` does it for the letters of the region's languages. */
export const fold = (text: string): string =>
  text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll('ß', 'ss').replaceAll('’', "'").replace(/\s+/g, ' ').trim();

/**
 * The forms of a label that names two genders, each spelt out, the masculine first: "Développeur / Développeuse web" is
 * "Développeur web" and "Développeuse web", "Richter/innen" is "Richter" and "Richterinnen". One form where it names none.
 */
export function genderForms(label: string): string[] {
  // "Import-/Exportmanager" is one word, not two forms.
  const [left, right] = label.split(/(?<!-)\s*\/\s*(.+)/s).map((form) => form.trim());
  if (!left || !right) return [label.trim()];
  if (/^in(nen)?\b/.test(right)) return [left + right.replace(/^in(nen)?/, ''), left.replace(/(en|e)$/, '') + right];
  const [first, second] = [left.split(' '), right.split(' ')];
  // Words that stand after the second form alone belong to both.
  return [[...first, ...second.slice(first.length)].join(' '), right];
}

/** Equal for two French labels that say the same, whatever genders they name. */
export const labelKey = (label: string): string => fold(genderForms(label)[0]!);

/**
 * Equal for two German labels of one occupation, said of the work or of who does it: "Berufe in der Softwareentwicklung –
 * hoch komplexe Tätigkeiten", "Softwareentwickler/Softwareentwicklerin".
 */
export function activityKey(label: string): string {
  const plain = label.replace(/ – [^–]*tätigkeiten$/i, '').replace(/^Berufe (in der|in|im|für) /, '');
  return labelKey(plain).replace(/(?<=\p{L}{4})(ungen|ung|innen|in|ern|er|en|e|n|s)$/u, '');
}
