import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAnHour, KeptAsParent } from '../../../shared/graphql/cacheControl';
import { connectionType } from '../../../shared/graphql/connection';
import { DateScalar } from '../../../shared/graphql/scalars';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

export enum TerritoryKind {
  COUNTRY = 'COUNTRY',
  REGION = 'REGION',
  DEPARTMENT = 'DEPARTMENT',
  DISTRICT = 'DISTRICT',
  CANTON = 'CANTON',
  INTERCOMMUNALITY = 'INTERCOMMUNALITY',
  MUNICIPALITY = 'MUNICIPALITY',
  EMPLOYMENT_ZONE = 'EMPLOYMENT_ZONE',
  METROPOLITAN_POLE = 'METROPOLITAN_POLE',
  CROSS_BORDER_AREA = 'CROSS_BORDER_AREA',
}
registerEnumType(TerritoryKind, {
  name: 'TerritoryKind',
  description: 'What an area is, in terms that hold in the three countries.',
  valuesConfig: {
    COUNTRY: { description: 'A state.' },
    REGION: { description: 'French région (present or former), German Land, or a region of the Grande Région.' },
    DEPARTMENT: { description: 'French département.' },
    DISTRICT: { description: 'German Kreis or Regionalverband.' },
    CANTON: { description: 'Luxembourg canton.' },
    INTERCOMMUNALITY: { description: 'French intercommunalité (EPCI à fiscalité propre).' },
    MUNICIPALITY: { description: 'Commune or Gemeinde: the LAU of Eurostat.' },
    EMPLOYMENT_ZONE: { description: "French zone d'emploi." },
    METROPOLITAN_POLE: { description: 'French pôle métropolitain.' },
    CROSS_BORDER_AREA: { description: 'An area of cooperation over borders.' },
  },
});

export enum CodeScheme {
  ISO3166 = 'ISO3166',
  NUTS = 'NUTS',
  LAU = 'LAU',
  INSEE_COM = 'INSEE_COM',
  INSEE_DEP = 'INSEE_DEP',
  INSEE_REG = 'INSEE_REG',
  SIREN = 'SIREN',
  AGS = 'AGS',
  LU_CANTON = 'LU_CANTON',
}
registerEnumType(CodeScheme, {
  name: 'CodeScheme',
  description: 'An official list of codes of areas.',
  valuesConfig: {
    ISO3166: { description: 'ISO 3166-1 alpha-2, FR.' },
    NUTS: { description: 'Eurostat NUTS 2024, DEC0.' },
    LAU: { description: 'Eurostat local administrative unit with its country, LU_0304.' },
    INSEE_COM: { description: 'INSEE commune, 57672.' },
    INSEE_DEP: { description: 'INSEE département, 57.' },
    INSEE_REG: { description: 'INSEE région, 44.' },
    SIREN: { description: 'SIREN of an intercommunalité, 245701362.' },
    AGS: { description: 'Amtlicher Gemeindeschlüssel: Land 2, Kreis 5, Gemeinde 8 digits.' },
    LU_CANTON: { description: 'Number of a Luxembourg canton, 03.' },
  },
});

@KeptAsParent
@ObjectType({ description: 'A code of the area in an official list.', simpleResolvers: true })
export class TerritoryCode {
  @Field(() => CodeScheme) scheme: CodeScheme;
  @Field(() => String) value: string;
  @Field(() => Int, { description: 'Year of the edition of the list.' }) vintage: number;
}

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'An area: commune, intercommunalité, département, Kreis, canton, country, pole, cross-border area.', simpleResolvers: true })
export class Territory {
  @Field(() => ID, { description: 'Stable, such as `fr-commune-57672`, `lu-commune-0304`, `de-gemeinde-10041100`, `sillon-lorrain`.' }) id: string;
  @Field(() => TerritoryKind) kind: TerritoryKind;
  names: Text;
  @Field(() => [String], { description: 'Other names under which it is found, former ones too.' }) aliases: string[];
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2 of the country; null for an area that spans several.' }) country: string | null;
  lat: number | null;
  lon: number | null;
  @Field(() => DateScalar, { nullable: true, description: 'The day on which it came into being, where that is recorded.' }) validFrom: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Its last day, for an area that has ended.' }) validTo: string | null;
  provenance: ProvenanceRecord[];
}

export const TerritoryConnection = connectionType(Territory, KeptAnHour);

@InputType({ description: 'A code and the list that it stands in.' })
export class CodeInput {
  @Field(() => CodeScheme) scheme: CodeScheme;
  @Field(() => String) value: string;
}

@InputType({ description: 'Conditions that all must hold; one left out does not restrict.' })
export class TerritoryFilter {
  @Field(() => [TerritoryKind], { nullable: true, description: 'Any of these kinds.' }) kinds?: TerritoryKind[] | null;
  @Field(() => ID, { nullable: true, description: 'Inside this area, at any depth.' }) within?: string | null;
  @Field(() => String, { nullable: true, description: 'Words of a name in any language; accents, case and small typos do not matter. Best match first.' }) search?: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2 of the country.' }) country?: string | null;
}
