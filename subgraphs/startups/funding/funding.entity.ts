import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { RoundKind } from './fundingRound';

@Entity('turnover')
export class TurnoverEntity {
  @PrimaryColumn('text', { name: 'startup_id' }) startupId: string;
  @PrimaryColumn('int') year: number;
  /** The source of the provenance: each may state its own. */
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @Column('float8', { nullable: true }) amount: number | null;
  /** ISO 4217. */
  @Column('text', { nullable: true }) currency: string | null;
  /** Percent, 0 to 100. */
  @Column('float8', { name: 'share_abroad', nullable: true }) shareAbroad: number | null;
  @Column('jsonb') provenance: ProvenanceRecord;
}

@Entity('funding_round')
export class FundingRoundEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'startup_id' }) startupId: string;
  @Column('text') kind: RoundKind;
  @Column('float8', { nullable: true }) amount: number | null;
  /** ISO 4217. */
  @Column('text', { nullable: true }) currency: string | null;
  @Column('date', { name: 'announced_on' }) announcedOn: string;
  @Column('jsonb') provenance: ProvenanceRecord;
}
