import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { DateScalar } from '../../../shared/graphql/scalars';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

export enum PlaceKind {
  TOTEM = 'TOTEM',
  COWORKING = 'COWORKING',
  INCUBATOR = 'INCUBATOR',
  LAB = 'LAB',
  UNIVERSITY = 'UNIVERSITY',
  DATA_CENTRE = 'DATA_CENTRE',
  VENUE = 'VENUE',
}
registerEnumType(PlaceKind, {
  name: 'PlaceKind',
  description: 'What a site is for.',
  valuesConfig: { TOTEM: { description: 'Bâtiment totem: the building of LORnTECH in a town.' }, VENUE: { description: 'Where something takes place.' } },
});

export enum PlaceStatus {
  PLANNED = 'PLANNED',
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
registerEnumType(PlaceStatus, { name: 'PlaceStatus', description: 'Where a site is in its life, as far as sources say.' });

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A site: totem building, coworking space, laboratory.', simpleResolvers: true })
export class Place {
  @Field(() => ID) id: string;
  @Field(() => PlaceKind) kind: PlaceKind;
  names: Text;
  territoryId: string;
  @Field(() => String, { nullable: true }) address: string | null;
  lat: number | null;
  lon: number | null;
  @Field(() => PlaceStatus) status: PlaceStatus;
  @Field(() => DateScalar, { nullable: true, description: 'The day of its opening, where a source states the day.' }) openedOn: string | null;
  operatorId: string | null;
  provenance: ProvenanceRecord[];
}
