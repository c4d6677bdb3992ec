import { activityKey, fold, genderForms, labelKey } from './label';

describe('the forms of a label', () => {
  it.each<[string, string[]]>([
    ['Développeur / Développeuse informatique', ['Développeur informatique', 'Développeuse informatique']],
    ['Ingénieur concepteur / Ingénieure conceptrice informatique', ['Ingénieur concepteur informatique', 'Ingénieure conceptrice informatique']],
    ['développeur web/développeuse web', ['développeur web', 'développeuse web']],
    ['Softwareentwickler/Softwareentwicklerin', ['Softwareentwickler', 'Softwareentwicklerin']],
    ['Bus- und Straßenbahnfahrer/innen', ['Bus- und Straßenbahnfahrer', 'Bus- und Straßenbahnfahrerinnen']],
    ['Führer/innen von Erdbewegungsmaschinen', ['Führer von Erdbewegungsmaschinen', 'Führerinnen von Erdbewegungsmaschinen']],
    ['Import-/Exportmanager für Kaffee/Import-/Exportmanagerin für Kaffee', ['Import-/Exportmanager für Kaffee', 'Import-/Exportmanagerin für Kaffee']],
    ['Scrum Master', ['Scrum Master']],
    ['Hauptmann ', ['Hauptmann']],
  ])('are each spelt out: %s', (label, forms) => {
    expect(genderForms(label)).toEqual(forms);
  });
});

it('accents, case and the kind of apostrophe do not tell labels apart', () => {
  expect(fold('Œuvre d’Élève, Straße')).toBe("oeuvre d'eleve, strasse");
  expect(labelKey("Agent / Agente d'entretien")).toBe(labelKey('agent d’entretien/agente d’entretien'));
});

describe('the key of a German label', () => {
  it.each([
    ['Berufe in der Softwareentwicklung', 'Softwareentwickler/Softwareentwicklerin'],
    ['Berufe in der Softwareentwicklung – hoch komplexe Tätigkeiten', 'Softwareentwickler'],
    ['Informatik', 'Informatiker/Informatikerin'],
    ['Finanzanalysten/-analystinnen', 'Finanzanalyst/Finanzanalystin'],
    ['Richter/innen', 'Richter'],
    ['Berufe im Gerüstbau', 'Gerüstbauer/Gerüstbauerin'],
  ])('is the same for the work and for who does it: %s, %s', (activity, agent) => {
    expect(activityKey(activity)).toBe(activityKey(agent));
  });

  it.each([
    ['Berufe in der Softwareentwicklung', 'Berufe in der Programmierung'],
    ['Führungskräfte – Informatik', 'Informatiker/Informatikerin'],
    ['Gerüstbauer – Bühnenbau/Gerüstbauerin – Bühnenbau', 'Berufe im Gerüstbau'],
  ])('differs: %s, %s', (one, other) => {
    expect(activityKey(one)).not.toBe(activityKey(other));
  });
});
