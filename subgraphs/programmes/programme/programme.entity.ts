import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Text } from '../../../shared/graphql/text';
import type { ProvenanceRecord } from '../../../shared/graphql/values';
import { ProgrammeKind } from './programme.type';

@Entity('programme')
export class ProgrammeEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') kind: ProgrammeKind;
  @Column('jsonb') names: Text;
  @Column('text', { array: true }) aliases: string[];
  @Column('jsonb') descriptions: Text;
  @Column('text', { nullable: true }) url: string | null;
  @Column('text', { array: true }) territories: string[];
  @Column('jsonb') provenance: ProvenanceRecord[];
}

export enum RoleKind {
  OPERATOR = 'OPERATOR',
  REFERENCE_PARTNER = 'REFERENCE_PARTNER',
}

@Entity('role')
export class RoleEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') kind: RoleKind;
  @Column('text', { name: 'programme_id' }) programmeId: string;
  @Column('text', { name: 'organisation_id' }) organisationId: string;
  @Column('date', { name: 'valid_from', nullable: true }) validFrom: string | null;
  @Column('date', { name: 'valid_to', nullable: true }) validTo: string | null;
  @Column('jsonb') provenance: ProvenanceRecord;
}
