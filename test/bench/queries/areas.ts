/** Areas of very different sizes in the three countries, with their neighbours. */
export const areas: readonly string[] = [
  'sillon-lorrain', 'fr-region-lorraine', 'nuts-dec0', 'lu', 'de', 'fr-departement-54', 'fr-departement-57', 'fr-departement-88',
  'de-kreis-10041', 'de-kreis-10042', 'de-kreis-10043', 'de-kreis-10044', 'de-kreis-10045', 'de-kreis-10046',
  'lu-canton-01', 'lu-canton-02', 'lu-canton-03', 'lu-canton-04', 'lu-canton-06',
  'fr-commune-57463', 'fr-commune-54395', 'fr-commune-57672', 'fr-commune-88160', 'de-gemeinde-10041100', 'de-gemeinde-10044115', 'lu-commune-0304', 'lu-commune-0204',
  'fr-epci-200039865', 'fr-epci-245400676', 'fr-epci-200068757', 'de-gemeinde-10043114', 'lu-commune-0202',
];
