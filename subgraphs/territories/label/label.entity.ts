import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { LabelStatus } from './label';

@Entity('label_award')
export class LabelAwardEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') label: string;
  @Column('text', { array: true }) networks: string[];
  @Column('text', { name: 'territory_id' }) territoryId: string;
  @Column('text', { name: 'holder_id' }) holderId: string;
  @Column('text') status: LabelStatus;
  @Column('date', { name: 'valid_from', nullable: true }) validFrom: string | null;
  @Column('date', { name: 'valid_to', nullable: true }) validTo: string | null;
  @Column('jsonb') provenance: ProvenanceRecord[];
}
