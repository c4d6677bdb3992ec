// Birds in French and German, animals and plants in German: what startups of the demonstration are called.

export type Country = 'FR' | 'DE' | 'LU';

const words: Record<Country, readonly string[]> = {
  FR: 'Mésange Alouette Rossignol Hirondelle Bergeronnette Chardonneret Pinson Fauvette Grive Loriot Verdier Tourterelle Martinet Geai Huppe Linotte Bouvreuil Cigogne Héron Balbuzard Milan Faucon Épervier Buse Chouette Hibou Sarcelle Canard Cygne Foulque Vanneau Courlis Bécasse Perdrix Caille Faisan Corneille Pivert Torcol Gobemouche'.split(' '),
  DE: 'Zeisig Amsel Stieglitz Dompfaff Gimpel Kleiber Meise Sperling Drossel Lerche Nachtigall Rotkehlchen Zaunkönig Goldammer Buchfink Grünling Schwalbe Mauersegler Kuckuck Specht Eisvogel Wasseramsel Bachstelze Kranich Storch Reiher Habicht Bussard Turmfalke Uhu Waldkauz Schleiereule Kiebitz Brachvogel Rebhuhn Wachtel Fasan Elster Eichelhäher Pirol'.split(' '),
  LU: 'Wisent Luchs Dachs Marder Iltis Hermelin Biber Igel Siebenschläfer Haselmaus Feldhase Wildkatze Otter Rothirsch Reh Mufflon Fledermaus Maulwurf Spitzmaus Eichhorn Ginster Farn Holunder Wacholder Schlehe Hagebutte Bärlauch Enzian Arnika Lavendel Kamille Salbei Thymian Rosmarin Melisse Kornblume Mohn Akelei Schlüsselblume Mistel'.split(' '),
};

/**
 * A name that nobody can take for a real one, different for each index: "Démo Mésange 12 (fictif)".
 * @param legalForm as a register would add it
 */
export function nameOf(index: number, country: Country, legalForm = ''): string {
  const list = words[country];
  const round = Math.floor(index / list.length);
  // Countries come in a fixed rhythm: each round starts at another word, so that all are used.
  const word = list[(index + round) % list.length];
  const form = legalForm && ` ${legalForm}`;
  return country === 'FR' ? `Démo ${word} ${round + 1}${form} (fictif)` : `Demo ${word} ${round + 1}${form} (fiktiv)`;
}

/** The same name with a slip of the pen in it. */
export const misspelt = (name: string): string => name.replace(/(\p{L})(\p{Ll})( \d)/u, '$1$2$2$3').replace('é', 'e');
