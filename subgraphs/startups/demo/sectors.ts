import { Lang, type Wording } from '../../../shared/graphql/text';

/** What startups of the demonstration do. */
export interface Sector {
  /** Classes of NAF rev. 2, WZ 2008 and NACE rev. 2, the same four digits. */
  naf: string;
  wz: string;
  nace: string;
  networks: readonly string[];
  technologies: Partial<Record<Lang, readonly string[]>>;
  product: Wording;
}

export const sectors: readonly Sector[] = [
  {
    naf: '62.01Z', wz: '62.01.9', nace: '62.01', networks: [],
    technologies: { FR: ['intelligence artificielle', 'traitement du langage'], DE: ['Künstliche Intelligenz', 'Sprachverarbeitung'], EN: ['artificial intelligence', 'language processing'] },
    product: { FR: 'un logiciel qui résume des documents', DE: 'eine Software, die Dokumente zusammenfasst', LB: 'e Programm, dat Dokumenter zesummefaasst', EN: 'software that summarises documents' },
  },
  {
    naf: '62.02A', wz: '62.02.0', nace: '62.02', networks: ['#IOT # Manufacturing'],
    technologies: { FR: ['objets connectés', 'maintenance prédictive'], DE: ['Internet der Dinge', 'vorausschauende Wartung'], EN: ['internet of things', 'predictive maintenance'] },
    product: { FR: 'des capteurs connectés pour les machines', DE: 'vernetzte Sensoren für Maschinen', LB: 'vernetzt Sensore fir Maschinnen', EN: 'connected sensors for machines' },
  },
  {
    naf: '64.99Z', wz: '64.99.9', nace: '64.99', networks: ['#Fintech'],
    technologies: { FR: ['paiement instantané', 'registre distribué'], DE: ['Sofortzahlung', 'verteiltes Register'], EN: ['instant payment', 'distributed ledger'] },
    product: { FR: 'une plateforme de paiement entre trois pays', DE: 'eine Plattform für Zahlungen zwischen drei Ländern', LB: 'eng Plattform fir Bezuelungen tëscht dräi Länner', EN: 'a platform for payments between three countries' },
  },
  {
    naf: '72.11Z', wz: '72.11.0', nace: '72.11', networks: [],
    technologies: { FR: ['biotechnologie', 'séquençage'], DE: ['Biotechnologie', 'Sequenzierung'], EN: ['biotechnology', 'sequencing'] },
    product: { FR: 'des analyses de sols par séquençage', DE: 'Bodenanalysen durch Sequenzierung', LB: 'Buedemanalysen duerch Sequenzéierung', EN: 'soil analyses by sequencing' },
  },
  {
    naf: '72.19Z', wz: '72.19.0', nace: '72.19', networks: [],
    technologies: { FR: ['science des matériaux', 'fabrication additive'], DE: ['Werkstoffwissenschaft', 'additive Fertigung'], EN: ['materials science', 'additive manufacturing'] },
    product: { FR: 'des alliages imprimés en trois dimensions', DE: 'Legierungen aus dem 3D-Drucker', LB: 'Legierungen aus dem 3D-Drécker', EN: 'alloys printed in three dimensions' },
  },
  {
    naf: '26.51B', wz: '26.51.1', nace: '26.51', networks: ['#IOT # Manufacturing'],
    technologies: { FR: ['vision industrielle', 'optique'], DE: ['industrielle Bildverarbeitung', 'Optik'], EN: ['machine vision', 'optics'] },
    product: { FR: 'des caméras qui contrôlent les soudures', DE: 'Kameras, die Schweißnähte prüfen', LB: 'Kameraen, déi Schweessnéit kontrolléieren', EN: 'cameras that inspect welds' },
  },
  {
    naf: '28.99B', wz: '28.99.0', nace: '28.99', networks: ['#IOT # Manufacturing'],
    technologies: { FR: ['robotique collaborative'], DE: ['kollaborative Robotik'], EN: ['collaborative robotics'] },
    product: { FR: 'des robots pour de petites séries', DE: 'Roboter für kleine Serien', LB: 'Roboter fir kleng Serien', EN: 'robots for small series' },
  },
  {
    naf: '35.11Z', wz: '35.11.3', nace: '35.11', networks: [],
    technologies: { FR: ['hydrogène', 'stockage d’énergie'], DE: ['Wasserstoff', 'Energiespeicher'], EN: ['hydrogen', 'energy storage'] },
    product: { FR: 'un stockage d’énergie pour les quartiers', DE: 'Energiespeicher für Wohnviertel', LB: 'Energiespäicher fir Quartieren', EN: 'energy storage for neighbourhoods' },
  },
  {
    naf: '63.11Z', wz: '63.11.0', nace: '63.11', networks: [],
    technologies: { FR: ['données ouvertes', 'informatique en nuage'], DE: ['offene Daten', 'Cloud-Computing'], EN: ['open data', 'cloud computing'] },
    product: { FR: 'un hébergement de données dans la région', DE: 'Datenhaltung in der Region', LB: 'Datenhosting an der Regioun', EN: 'data hosting in the region' },
  },
  {
    naf: '85.59B', wz: '85.59.9', nace: '85.59', networks: [],
    technologies: { FR: ['apprentissage en ligne', 'réalité virtuelle'], DE: ['E-Learning', 'virtuelle Realität'], EN: ['e-learning', 'virtual reality'] },
    product: { FR: 'des cours de langue en réalité virtuelle', DE: 'Sprachkurse in virtueller Realität', LB: 'Sproochecoursen a virtueller Realitéit', EN: 'language courses in virtual reality' },
  },
  {
    naf: '86.90F', wz: '86.90.9', nace: '86.90', networks: [],
    technologies: { FR: ['télémédecine', 'dispositifs médicaux'], DE: ['Telemedizin', 'Medizinprodukte'], EN: ['telemedicine', 'medical devices'] },
    product: { FR: 'un suivi des patients à distance', DE: 'Fernbetreuung von Patienten', LB: 'eng Suivi vu Patienten op Distanz', EN: 'remote care for patients' },
  },
  {
    naf: '71.12B', wz: '71.12.9', nace: '71.12', networks: [],
    technologies: { FR: ['jumeau numérique', 'mobilité'], DE: ['digitaler Zwilling', 'Mobilität'], EN: ['digital twin', 'mobility'] },
    product: { FR: 'un jumeau numérique du trafic', DE: 'einen digitalen Zwilling des Verkehrs', LB: 'en digitalen Zwilling vum Verkéier', EN: 'a digital twin of traffic' },
  },
];

const customers: readonly Wording[] = [
  { FR: 'les communes', DE: 'Gemeinden', LB: 'Gemengen', EN: 'municipalities' },
  { FR: 'les petites entreprises', DE: 'kleine Unternehmen', LB: 'kleng Betriber', EN: 'small businesses' },
  { FR: 'les hôpitaux', DE: 'Krankenhäuser', LB: 'Spideeler', EN: 'hospitals' },
  { FR: 'les frontaliers', DE: 'Grenzgänger', LB: 'Frontalieren', EN: 'cross-border commuters' },
  { FR: 'l’industrie', DE: 'die Industrie', LB: 'd’Industrie', EN: 'industry' },
  { FR: 'les exploitations agricoles', DE: 'landwirtschaftliche Betriebe', LB: 'Bauerenhäff', EN: 'farms' },
];
export const customerCount = customers.length;

const sentences: Record<Lang, (product: string, customer: string) => string> = {
  FR: (product, customer) => `Fiction : cette entreprise inventée propose ${product} pour ${customer}.`,
  DE: (product, customer) => `Fiktion: Dieses erfundene Unternehmen bietet ${product} für ${customer}.`,
  LB: (product, customer) => `Fiktioun: Dës erfonnt Entreprise bitt ${product} fir ${customer}.`,
  EN: (product, customer) => `Fiction: this made-up company offers ${product} for ${customer}.`,
};

/** A sentence that says what it does, and that it does not exist. */
export const pitchOf = ({ product }: Sector, customer: number, lang: Lang): string => sentences[lang](product[lang], customers[customer]![lang]);
