import { registerEnumType } from 'type-graphql';

// The closed lists of words by which an offer is described.

export enum JobState {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  SUSPENDED = 'SUSPENDED',
  FILLED = 'FILLED',
  EXPIRED = 'EXPIRED',
  WITHDRAWN = 'WITHDRAWN',
  REMOVED_AT_SOURCE = 'REMOVED_AT_SOURCE',
}
registerEnumType(JobState, {
  name: 'JobState',
  description: 'Where an offer is in its life.',
  valuesConfig: {
    DRAFT: { description: 'Not published yet: shown to its employer alone.' },
    PUBLISHED: { description: 'Open: the only state that listings show.' },
    SUSPENDED: { description: 'Taken back for a while.' },
    FILLED: { description: 'Somebody was found.' },
    EXPIRED: { description: 'Published or suspended, and past its last day.' },
    WITHDRAWN: { description: 'Taken back by its employer for good.' },
    REMOVED_AT_SOURCE: { description: 'No longer at the source from which it came.' },
  },
});

export enum ContractKind {
  PERMANENT = 'PERMANENT',
  FIXED_TERM = 'FIXED_TERM',
  TEMPORARY_AGENCY = 'TEMPORARY_AGENCY',
  APPRENTICESHIP = 'APPRENTICESHIP',
  INTERNSHIP = 'INTERNSHIP',
  SELF_EMPLOYED = 'SELF_EMPLOYED',
  SEASONAL = 'SEASONAL',
  MINI_JOB = 'MINI_JOB',
}
registerEnumType(ContractKind, {
  name: 'ContractKind',
  description: 'What the contracts of the three countries have in common.',
  valuesConfig: {
    PERMANENT: { description: 'CDI, unbefristet.' },
    FIXED_TERM: { description: 'CDD, befristet.' },
    TEMPORARY_AGENCY: { description: 'Intérim, Zeitarbeit.' },
    APPRENTICESHIP: { description: 'Alternance, Ausbildung, Léierplaz.' },
    INTERNSHIP: { description: 'Stage, Praktikum.' },
    SELF_EMPLOYED: { description: 'Freelance, freie Mitarbeit: no contract of employment.' },
    SEASONAL: { description: 'For a season.' },
    MINI_JOB: { description: 'German geringfügige Beschäftigung.' },
  },
});

export enum WorkTime {
  FULL_TIME = 'FULL_TIME',
  PART_TIME = 'PART_TIME',
}
registerEnumType(WorkTime, { name: 'WorkTime', description: 'Whether the whole of the usual week is worked.' });

export enum RemoteMode {
  ON_SITE = 'ON_SITE',
  HYBRID = 'HYBRID',
  REMOTE = 'REMOTE',
}
registerEnumType(RemoteMode, {
  name: 'RemoteMode',
  description: 'Where the work is done.',
  valuesConfig: { ON_SITE: { description: 'At the place of work.' }, HYBRID: { description: 'Partly from home.' }, REMOTE: { description: 'From anywhere, as far as law and tax allow.' } },
});

export enum JobOrder {
  RELEVANCE = 'RELEVANCE',
  PUBLISHED_AT = 'PUBLISHED_AT',
  DISTANCE = 'DISTANCE',
  SALARY = 'SALARY',
}
registerEnumType(JobOrder, {
  name: 'JobOrder',
  description: 'In which order offers come.',
  valuesConfig: {
    RELEVANCE: { description: 'Best match of `filter.search` first, which it needs; a word in the title counts most.' },
    PUBLISHED_AT: { description: 'Newest first.' },
    DISTANCE: { description: 'Nearest to the point of `filter.near` first, which it needs.' },
    SALARY: { description: 'Highest gross euros a year first, by the lower end where there is one; those for which none can be computed come last.' },
  },
});
