import type { Wording } from '../../../shared/graphql/text';

/** An occupation of the digital economy, as it is advertised, with its codes. */
export interface Profession {
  title: Wording;
  /** Codes of the classifications as ids of occupations. */
  isco: string;
  rome: string;
  esco: string;
  kldb: string;
  /** Usual gross euros a year, full time, in Lorraine. */
  pay: number;
  skills: readonly string[];
}

const profession = (fr: string, de: string, lb: string, en: string, codes: readonly [isco: string, rome: string, esco: string, kldb: string], pay: number, skills: string): Profession => ({
  title: { FR: fr, DE: de, LB: lb, EN: en },
  isco: `isco-08-${codes[0]}`,
  rome: `rome-${codes[1]}`,
  esco: `esco-${codes[2]}`,
  kldb: `kldb-${codes[3]}`,
  pay,
  skills: skills.split(', '),
});

export const professions: readonly Profession[] = [
  profession('Développeur / Développeuse backend', 'Backend-Entwickler', 'Backend-Entwéckler', 'Backend developer', ['2512', 'M1861', 'f2b15a0e-e65a-438a-affb-29b9d50b77d1', '43414'], 42_000, 'Java, Python, Go, PostgreSQL, Kubernetes, GraphQL'),
  profession('Développeur / Développeuse web', 'Webentwickler', 'Webentwéckler', 'Web developer', ['2513', 'M1855', 'c40a2919-48a9-40ea-b506-1f34f693496d', '43413'], 38_000, 'TypeScript, React, Vue, PHP, Symfony, CSS'),
  profession("Développeur / Développeuse d'applications mobiles", 'App-Entwickler', 'App-Entwéckler', 'Mobile application developer', ['2514', 'M1861', '2ed56c3f-61d6-4f7e-9ef8-8849eb102e4c', '43414'], 41_000, 'Kotlin, Swift, Flutter, React Native, Android, iOS'),
  profession('Développeur / Développeuse de systèmes embarqués', 'Embedded-Entwickler', 'Embedded-Entwéckler', 'Embedded systems developer', ['2514', 'M1873', '57af9090-55b4-4911-b2d0-86db01c00b02', '43414'], 43_000, 'C, C++, Rust, RTOS, Linux, CAN'),
  profession('Architecte logiciel', 'Softwarearchitekt', 'Softwarearchitekt', 'Software architect', ['2512', 'M1861', 'd0aa0792-4345-474b-9365-686cf4869d2e', '43414'], 58_000, 'Java, Kafka, Kubernetes, UML, Cloud, PostgreSQL'),
  profession('Data engineer', 'Dateningenieur', 'Dateningenieur', 'Data engineer', ['2521', 'M1811', '3d190639-90f8-4402-b1b3-a104a17e0d67', '43353'], 46_000, 'SQL, Spark, Airflow, Python, dbt, Kafka'),
  profession('Data scientist', 'Datenwissenschaftler', 'Datewëssenschaftler', 'Data scientist', ['2511', 'M1405', '258e46f9-0075-4a2e-adae-1ff0477e0f30', '43104'], 47_000, 'Python, R, PyTorch, SQL, scikit-learn, Pandas'),
  profession('Administrateur / Administratrice de bases de données', 'Datenbankadministrator', 'Datebankadministrateur', 'Database administrator', ['2521', 'M1801', '8c57af09-719c-42b3-be40-6ed4946236cc', '43353'], 44_000, 'PostgreSQL, Oracle, MySQL, Linux, SQL, Ansible'),
  profession('Analyste en cybersécurité', 'IT-Sicherheitsanalyst', 'IT-Sécherheetsanalyst', 'Cybersecurity analyst', ['2529', 'M1844', '0ce5a9f4-e00a-4bbe-b255-3c63407167a4', '43383'], 48_000, 'SIEM, SOC, ISO 27001, Linux, Python, Pentest'),
  profession('Ingénieur / Ingénieure DevOps', 'DevOps-Ingenieur', 'DevOps-Ingenieur', 'DevOps engineer', ['2522', 'M1827', '9e2e6e1e-363b-4e1b-a673-7bc0f7343300', '43343'], 47_000, 'Kubernetes, Terraform, Ansible, GitLab, AWS, Linux'),
  profession('Ingénieur / Ingénieure systèmes et réseaux', 'Netzwerkingenieur', 'Netzwierkingenieur', 'Network engineer', ['2523', 'M1822', 'cf2b03cd-feb7-4f47-90f6-ff1ed6016d3d', '43313'], 43_000, 'Cisco, VMware, Linux, Windows Server, Fortinet, BGP'),
  profession('Technicien / Technicienne support informatique', 'IT-Supporttechniker', 'IT-Supporttechniker', 'IT support technician', ['3512', 'I1401', '3e7bf729-4442-4b9f-ad5e-83111963795c', '43312'], 27_000, 'Windows, Microsoft 365, ITIL, GLPI, Active Directory, Linux'),
  profession('Designer UX', 'UX-Designer', 'UX-Designer', 'UX designer', ['2166', 'E1104', 'd5a43cd3-230e-46d0-ba05-d67d61e5cfbb', '23223'], 38_000, 'Figma, Design System, Prototypage, HTML, CSS, Accessibilité'),
  profession('Product owner', 'Product Owner', 'Product Owner', 'Product owner', ['2511', 'M1864', 'fe0fa514-b48d-4a53-9757-a283c0baacf0', '43214'], 46_000, 'Scrum, Jira, SQL, Roadmap, Kanban, UX'),
  profession('Chef / Cheffe de projet informatique', 'IT-Projektleiter', 'IT-Projetsleeder', 'IT project manager', ['1330', 'M1853', '8b6388a4-4904-471b-9331-d3b1211f5525', '43323'], 49_000, 'PRINCE2, Scrum, Jira, MS Project, ITIL, SAP'),
  profession('Testeur / Testeuse de logiciels', 'Softwaretester', 'Softwaretester', 'Software tester', ['2519', 'M1815', '106f79e4-6264-45f1-9e7a-297435cd684b', '43413'], 36_000, 'Selenium, Cypress, ISTQB, Postman, Java, SQL'),
  profession('Ingénieur / Ingénieure avant-vente', 'IT-Vertriebsberater', 'IT-Verkafsberoder', 'Presales engineer', ['2434', 'M1823', '16605833-c196-48d7-a6f5-bbdebdc353df', '43233'], 45_000, 'CRM, SaaS, Cloud, Salesforce, RFP, ERP'),
  profession('Chargé / Chargée de marketing digital', 'Online-Marketing-Manager', 'Online-Marketing-Manager', 'Online marketer', ['2431', 'M1705', '356227b9-2263-4dbd-81e9-7dfc6d3f3af7', '92113'], 35_000, 'SEO, SEA, Google Ads, CRM, Matomo, WordPress'),
  profession('Community manager', 'Social-Media-Manager', 'Social-Media-Manager', 'Community manager', ['2432', 'E1101', '137b1d11-c4bc-4016-89ba-45345d4c71f0', '92203'], 31_000, 'LinkedIn, Instagram, Canva, WordPress, Matomo, SEO'),
];

/** For whom a product is made, to tell many offers apart. */
export const domains: readonly Wording[] = [
  { FR: 'santé', DE: 'Gesundheit', LB: 'Gesondheet', EN: 'health' },
  { FR: 'industrie', DE: 'Industrie', LB: 'Industrie', EN: 'industry' },
  { FR: 'mobilité', DE: 'Mobilität', LB: 'Mobilitéit', EN: 'mobility' },
  { FR: 'énergie', DE: 'Energie', LB: 'Energie', EN: 'energy' },
  { FR: 'finance', DE: 'Finanzen', LB: 'Finanzen', EN: 'finance' },
  { FR: 'logistique', DE: 'Logistik', LB: 'Logistik', EN: 'logistics' },
  { FR: 'commerce', DE: 'Handel', LB: 'Handel', EN: 'retail' },
  { FR: 'éducation', DE: 'Bildung', LB: 'Bildung', EN: 'education' },
  { FR: 'eau et environnement', DE: 'Wasser und Umwelt', LB: 'Waasser an Ëmwelt', EN: 'water and environment' },
  { FR: 'filière bois', DE: 'Holzwirtschaft', LB: 'Holzwirtschaft', EN: 'wood industry' },
  { FR: 'sidérurgie', DE: 'Stahl', LB: 'Stol', EN: 'steel' },
  { FR: 'culture', DE: 'Kultur', LB: 'Kultur', EN: 'culture' },
];
