import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { PlaceKind, PlaceStatus } from './place.type';

@Entity('place')
export class PlaceEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') kind: PlaceKind;
  @Column('jsonb') names: Text;
  @Column('text', { name: 'territory_id' }) territoryId: string;
  @Column('text', { nullable: true }) address: string | null;
  @Column('float8', { nullable: true }) lat: number | null;
  @Column('float8', { nullable: true }) lon: number | null;
  @Column('text') status: PlaceStatus;
  @Column('date', { name: 'opened_on', nullable: true }) openedOn: string | null;
  @Column('text', { name: 'operator_id', nullable: true }) operatorId: string | null;
  @Column('jsonb') provenance: ProvenanceRecord[];
}
