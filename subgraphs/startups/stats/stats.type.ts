import { registerEnumType } from 'type-graphql';

export enum StartupDimension {
  TERRITORY = 'TERRITORY',
  ACTIVITY = 'ACTIVITY',
  STAGE = 'STAGE',
  FOUNDING_YEAR = 'FOUNDING_YEAR',
  NETWORK = 'NETWORK',
}
registerEnumType(StartupDimension, {
  name: 'StartupDimension',
  description: 'By what startups are counted; one whose value is unknown is in no bucket.',
  valuesConfig: {
    TERRITORY: { description: 'Municipality of the seat, or the wider area where no source says more; key is its id. The largest first.' },
    ACTIVITY: { description: 'NACE division (two digits) of the main activity. The largest first.' },
    STAGE: { description: 'Stage of support, in the order of the stages; those that are not supported are in no bucket.' },
    FOUNDING_YEAR: { description: 'Year of foundation, the earliest first.' },
    NETWORK: { description: 'Thematic network; a startup in several counts in each. The largest first.' },
  },
});

export enum StartupMetric {
  COUNT = 'COUNT',
  HEADCOUNT = 'HEADCOUNT',
  FUNDING = 'FUNDING',
}
registerEnumType(StartupMetric, {
  name: 'StartupMetric',
  description: 'What `sum` of a bucket adds up; `count` is the number of startups in any case.',
  valuesConfig: {
    COUNT: { description: 'Nothing: `sum` is null.' },
    HEADCOUNT: { description: 'Persons who work there, over the startups whose headcount is known; null where none is. Headcounts are the companies’ own public figures, those that `Startup.headcount` shows: no statistics are kept back for small numbers.' },
    FUNDING: { description: 'Euros of all funding rounds; rounds in other currencies and undisclosed ones are left out, null where none is left.' },
  },
});
