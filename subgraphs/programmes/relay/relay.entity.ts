import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

@Entity('relay')
export class RelayEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'programme_id' }) programmeId: string;
  @Column('text', { name: 'organisation_id' }) organisationId: string;
  @Column('text', { name: 'territory_id' }) territoryId: string;
  @Column('date', { name: 'valid_from', nullable: true }) validFrom: string | null;
  @Column('date', { name: 'valid_to', nullable: true }) validTo: string | null;
  @Column('jsonb') provenance: ProvenanceRecord;
}
