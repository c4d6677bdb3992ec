import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { ContradictionReason } from './contradiction';
import { Operator, StatementKind } from './statement.type';

@Entity('statement')
export class StatementEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') kind: StatementKind;
  @Column('text', { name: 'indicator_id' }) indicatorId: string;
  @Column('text', { name: 'territory_id' }) territoryId: string;
  @Column('text') operator: Operator;
  @Column('float8') value: number;
  @Column('text') unit: string;
  @Column('float8', { name: 'stated_target', nullable: true }) statedTarget: number | null;
  @Column('int', { name: 'horizon_years', nullable: true }) horizonYears: number | null;
  @Column('text', { name: 'stated_by', nullable: true }) statedBy: string | null;
  @Column('text', { nullable: true }) condition: string | null;
  /** What exactly the source counts within, in its own words, where that is not the territory as a whole. */
  @Column('text', { nullable: true }) perimeter: string | null;
  @Column('text', { name: 'source_id' }) sourceId: string;
  @Column('date', { name: 'stated_on', nullable: true }) statedOn: string | null;
  /** The year in which it was said: known, or inferred from the text, also where the day is not. */
  @Column('int') year: number;
  @Column('jsonb') provenance: ProvenanceRecord;
  @Column('text', { name: 'supersedes_id', nullable: true }) supersedesId: string | null;
}

/** Derived from the statements; a row for each direction of a pair. */
@Entity('contradiction')
export class ContradictionEntity {
  @PrimaryColumn('text', { name: 'statement_id' }) statementId: string;
  @PrimaryColumn('text', { name: 'with_id' }) withId: string;
  @Column('text') reason: ContradictionReason;
}
