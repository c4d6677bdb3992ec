import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

@Entity('observation')
export class ObservationEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'indicator_id' }) indicatorId: string;
  @Column('text', { name: 'territory_id' }) territoryId: string;
  @Column('text') period: string;
  @Column('float8') value: number;
  @Column('jsonb') provenance: ProvenanceRecord;
}
