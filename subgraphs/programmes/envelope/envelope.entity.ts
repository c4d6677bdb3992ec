import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { FundingLevel } from './envelope';

@Entity('envelope')
export class EnvelopeEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'programme_id', nullable: true }) programmeId: string | null;
  @Column('jsonb') names: Text;
  @Column('float8', { nullable: true }) amount: number | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('text') level: FundingLevel;
  /** Envelopes are summed only where level and purpose are the same. */
  @Column('text', { name: 'purpose_key' }) purposeKey: string;
  @Column('jsonb') purposes: Text;
  @Column('text', { name: 'territory_id', nullable: true }) territoryId: string | null;
  @Column('int', { nullable: true }) year: number | null;
  @Column('jsonb') provenance: ProvenanceRecord[];
}
