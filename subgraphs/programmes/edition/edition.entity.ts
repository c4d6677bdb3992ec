import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { RuleKind } from '../eligibility/eligibility.type';
import { ApplicationState } from '../application/life';

@Entity('edition')
export class EditionEntity {
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'programme_id' }) programmeId: string;
  @Column('text') label: string;
  @Column('timestamptz', { name: 'announced_at', nullable: true }) announcedAt: Date | string | null;
  @Column('timestamptz', { name: 'opens_at', nullable: true }) opensAt: Date | string | null;
  @Column('timestamptz', { name: 'closes_at', nullable: true }) closesAt: Date | string | null;
  @Column('timestamptz', { name: 'review_from', nullable: true }) reviewFrom: Date | string | null;
  @Column('timestamptz', { name: 'results_at', nullable: true }) resultsAt: Date | string | null;
  @Column('timestamptz', { name: 'archived_at', nullable: true }) archivedAt: Date | string | null;
  @Column('boolean') cancelled: boolean;
  /** IANA name: the closing day is a day there. */
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('text', { array: true }) territories: string[];
  @Column('jsonb') provenance: ProvenanceRecord[];
}

@Entity('edition_rule')
export class EditionRuleEntity {
  @PrimaryColumn('text', { name: 'edition_id' }) editionId: string;
  @PrimaryColumn('int') position: number;
  @Column('text') kind: RuleKind;
  /** Years, persons or level; null for SEATED_IN. */
  @Column('float8', { nullable: true }) value: number | null;
  @Column('text', { array: true }) territories: string[];
}

@Entity('funnel_step')
export class FunnelStepEntity {
  @PrimaryColumn('text', { name: 'edition_id' }) editionId: string;
  @PrimaryColumn('int') position: number;
  @Column('text') state: ApplicationState;
  @Column('int') count: number;
  @Column('jsonb') provenance: ProvenanceRecord;
}
