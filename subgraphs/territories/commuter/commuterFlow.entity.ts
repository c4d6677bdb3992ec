import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProvenanceRecord } from '../../../shared/graphql/values';

@Entity('commuter_flow')
export class CommuterFlowEntity {
  @PrimaryColumn('text', { name: 'from_id' }) fromId: string;
  @PrimaryColumn('text', { name: 'to_id' }) toId: string;
  @PrimaryColumn('int') year: number;
  @PrimaryColumn('text') perimeter: string;
  @Column('int') persons: number;
  @Column('jsonb') provenance: ProvenanceRecord;
}
